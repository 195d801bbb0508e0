//! The one way out by HTTP.
//!
//! A connection of `hyper` over the TLS that letters already leave by: `ureq` or `reqwest` would be a second HTTP stack, and
//! with neither does one look at the very address that is connected to, but by a resolver of one's own. Redirects are not
//! followed and proxies not asked: either would lead to where nobody has looked.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{CONTENT_TYPE, HOST, USER_AGENT};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{InvalidDnsNameError, ServerName};
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};

use super::{Address, AddressError};

/// How long a receiver may take for one call, from the name to the answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Why a call did not arrive. The text stands beside the call on the organisation's page.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The address cannot be called.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// No name, no connection, or it broke.
    #[error("无法连接：{0}")]
    Connection(#[from] std::io::Error),
    /// The host's name cannot stand in a certificate.
    #[error("主机名有误：{0}")]
    Name(#[from] InvalidDnsNameError),
    /// TLS cannot be set up on this machine.
    #[error("无法建立加密连接：{0}")]
    Tls(#[from] rustls::Error),
    /// The answer is none, or the request could not be written.
    #[error("接收方的应答有误：{0}")]
    Http(#[from] hyper::Error),
    /// A header cannot be written.
    #[error("请求无法写出：{0}")]
    Request(#[from] hyper::http::Error),
    /// The answer says that it was not taken.
    #[error("接收方返回状态码{}", .0.as_u16())]
    Status(StatusCode),
    /// It took too long.
    #[error("接收方在{}秒内没有应答", TIMEOUT.as_secs())]
    Late(#[from] tokio::time::error::Elapsed),
}

/// Calls out. Made at the edge, like the transport of letters.
#[derive(Clone)]
pub struct Caller {
    tls: TlsConnector,
    inside: Arc<BTreeSet<String>>,
}

impl Caller {
    /// A caller that trusts the authorities this machine trusts. `inside` are hosts in networks of one's own that may be
    /// called all the same, by name or address; all other addresses have to be public.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new(inside: BTreeSet<String>) -> Result<Self, CallError> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions()?;
        let config = config.with_root_certificates(roots).with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(config)), inside: Arc::new(inside) })
    }

    /// The hosts inside that may be called.
    pub fn inside(&self) -> &BTreeSet<String> {
        &self.inside
    }

    /// Posts a body of JSON; any answer from 200 to 299 means that it was taken, and what else it says is not read.
    pub(super) async fn post(&self, address: &str, headers: &[(&str, &str)], body: &str) -> Result<(), CallError> {
        let address = Address::read(address, &self.inside)?;
        let mut request = Request::post(&address.path).header(HOST, &address.authority);
        request = request.header(CONTENT_TYPE, "application/json").header(USER_AGENT, "shuzhuan");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(Bytes::copy_from_slice(body.as_bytes())))?;
        match timeout(TIMEOUT, self.send(&address, request)).await?? {
            status if status.is_success() => Ok(()),
            status => Err(CallError::Status(status)),
        }
    }

    async fn send(&self, address: &Address, request: Request<Full<Bytes>>) -> Result<StatusCode, CallError> {
        // Connected to the address that was looked at, not to the name, which may stand for another one a moment later.
        let stream = TcpStream::connect(place(address).await?).await?;
        if !address.secure {
            return exchange(stream, request).await;
        }
        let name = ServerName::try_from(address.host.clone())?;
        exchange(self.tls.connect(name, stream).await?, request).await
    }
}

/// The first place of a host, if all of them may be called.
async fn place(address: &Address) -> Result<SocketAddr, CallError> {
    let places: Vec<SocketAddr> = lookup_host((address.host.as_str(), address.port)).await?.collect();
    if places.iter().any(|place| !address.may_be_at(place.ip())) {
        return Err(AddressError::Inside.into());
    }
    Ok(*places.first().ok_or(std::io::ErrorKind::NotFound).map_err(std::io::Error::from)?)
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<StatusCode, CallError> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let driven = tokio::spawn(connection);
    let answer = sender.send_request(request).await;
    // The rest of the answer is not read; the connection is dropped with it.
    driven.abort();
    Ok(answer?.status())
}
