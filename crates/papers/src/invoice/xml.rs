//! The fields of an invoice in XML: of a 数电票 (`EInvoice`) and of the older data in an OFD (`eInvoice`), by the names of their elements.

use super::Field;
use super::node::Node;
use super::raw::{MAX_CHARS, Raw, RawLine};

/// Where each field stands: the element around it (empty: anywhere), and its own name. All that are found must agree.
const PLACES: [(Field, &str, &str); 22] = [
    (Field::Number, "Header", "EIid"),
    (Field::Number, "TaxSupervisionInfo", "InvoiceNumber"),
    (Field::Number, "", "InvoiceNo"),
    (Field::Code, "", "InvoiceCode"),
    (Field::IssuedOn, "TaxSupervisionInfo", "IssueTime"),
    (Field::IssuedOn, "BasicInformation", "RequestTime"),
    (Field::IssuedOn, "", "IssueDate"),
    (Field::BuyerName, "", "BuyerName"),
    (Field::BuyerCode, "", "BuyerIdNum"),
    (Field::BuyerCode, "", "BuyerTaxID"),
    (Field::SellerName, "", "SellerName"),
    (Field::SellerCode, "", "SellerIdNum"),
    (Field::SellerCode, "", "SellerTaxID"),
    (Field::Net, "", "TotalAmWithoutTax"),
    (Field::Net, "", "TaxExclusiveTotalAmount"),
    (Field::Tax, "", "TotalTaxAm"),
    (Field::Tax, "", "TaxTotalAmount"),
    (Field::Total, "", "TotalTax-includedAmount"),
    (Field::Total, "", "TaxInclusiveTotalAmount"),
    (Field::TotalWords, "", "TotalTax-includedAmountInChinese"),
    (Field::Kind, "GeneralOrSpecialVAT", "LabelCode"),
    (Field::Kind, "GeneralOrSpecialVAT", "LabelName"),
];

/// Names of a line, and in it of the item, the amount without tax, the rate and the tax.
const LINES: [[&str; 5]; 2] =
    [["IssuItemInformation", "ItemName", "Amount", "TaxRate", "ComTaxAm"], ["GoodsInfo", "Item", "Amount", "TaxScheme", "TaxAmount"]];

/// The remark, where a red-letter invoice names the one it takes back.
const REMARKS: [&str; 3] = ["Remark", "Note", "Remarks"];

/// What a tree says.
pub(super) fn fields(root: &Node) -> Raw {
    let mut raw = Raw::default();
    for (field, around, name) in PLACES {
        // A day of request is only taken where there is none of issue.
        if name == "RequestTime" && raw.has(field) {
            continue;
        }
        let mut within = vec![root];
        if !around.is_empty() {
            within.clear();
            root.all(around, &mut within);
        }
        within.iter().flat_map(|within| within.texts_of(name)).for_each(|text| raw.put(field, text));
    }
    raw.lines = LINES.iter().flat_map(|names| lines(root, names)).collect();
    raw.remark = REMARKS.iter().find_map(|name| root.text_of(name)).unwrap_or_default().to_owned();
    raw
}

fn lines(root: &Node, [line, item, net, rate, tax]: &[&str; 5]) -> Vec<RawLine> {
    let mut found = Vec::new();
    root.all(line, &mut found);
    let text = |node: &Node, name: &str| node.text_of(name).unwrap_or_default().chars().take(MAX_CHARS).collect::<String>();
    let one = |node: &&Node| RawLine { item: text(node, item), net: text(node, net), rate: text(node, rate), tax: text(node, tax) };
    found.iter().map(one).collect()
}
