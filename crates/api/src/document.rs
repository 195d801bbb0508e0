//! The OpenAPI 3.1 document. Handlers say what is theirs; what is the same for all is added here.

use serde_json::{Value, json};
use utoipa::openapi::OpenApi;

use crate::BASE;
use crate::access::SCHEME;

const ABOUT: &str = "与页面相同的办理事项，供各单位的系统调用。令牌由本单位管理员在“接口”页面建立，在 Authorization 中以 Bearer 方式提供；\
     令牌以经办人身份办理，不能签发、审批。公开内容不需要令牌。金额单位为分，字段名以 _fen 结尾；日期为北京时间的年-月-日；\
     时刻为1970年以来的毫秒数，字段名以 _unix_ms 结尾。提交修改时以 If-Match 或者 version 给出所依据的版本号，内容已被他人修改的返回409。";

/// The document with everything that all operations have in common.
pub(crate) fn finished(document: OpenApi) -> Value {
    let mut document = serde_json::to_value(document).unwrap_or_default();
    document["info"] = json!({ "title": "数转接口", "version": "1", "description": ABOUT });
    document["servers"] = json!([{ "url": BASE }]);
    let scheme = json!({ "type": "http", "scheme": "bearer", "description": "本单位管理员建立的令牌，以 szt_ 开头。" });
    document["components"]["securitySchemes"] = json!({ SCHEME: scheme });
    let problem = json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } });
    document["components"]["responses"] = json!({ "Problem": { "description": "未能办理", "content": problem } });
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (path, item) in paths {
        for operation in item.as_object_mut().into_iter().flatten().map(|(_, operation)| operation) {
            operation["responses"]["default"] = json!({ "$ref": "#/components/responses/Problem" });
            name_parameters(path, operation);
        }
    }
    document
}

/// Every name in an address is a text, and asked for.
fn name_parameters(path: &str, operation: &mut Value) {
    let names = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let named = names.map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
    let mut all: Vec<Value> = named.collect();
    if let Some(Value::Array(own)) = operation.get_mut("parameters").map(Value::take) {
        all.extend(own);
    }
    if !all.is_empty() {
        operation["parameters"] = Value::Array(all);
    }
}
