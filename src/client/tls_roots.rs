//! The authorities that a client trusts to identify the system.

use reqwest::Certificate;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::fmt;

/// The authorities that may have issued the system's certificate. There is no way to accept every certificate.
#[derive(Clone, Default)]
pub struct TlsRoots(Option<Vec<Certificate>>);

/// Why a text names no authorities.
#[derive(Debug, thiserror::Error)]
pub enum TlsRootsError {
    /// Nothing between `BEGIN CERTIFICATE` and `END CERTIFICATE`.
    #[error("it holds no certificate, which begins with `-----BEGIN CERTIFICATE-----`")]
    None,
    /// The text around a certificate is not whole.
    #[error("its certificate {number} is not whole: {reason}")]
    Pem {
        /// Which one, from 1.
        number: usize,
        /// What is wrong.
        reason: String,
    },
    /// What stands between the lines is not a certificate.
    #[error("its certificate {number} is none: {reason}")]
    Certificate {
        /// Which one, from 1.
        number: usize,
        /// What is wrong.
        reason: String,
    },
}

impl TlsRoots {
    /// Those that this machine trusts.
    #[must_use]
    pub const fn of_this_machine() -> Self {
        Self(None)
    }

    /// The authorities in a PEM text, and no others: a user who names the authority of a system means that none of the
    /// hundred public ones may speak for it.
    ///
    /// # Errors
    /// [`TlsRootsError`] if there is none, or one that cannot be used.
    pub fn only(pem: &[u8]) -> Result<Self, TlsRootsError> {
        let mut roots = RootCertStore::empty();
        let mut certificates = Vec::new();
        for (number, read) in (1..).zip(CertificateDer::pem_slice_iter(pem)) {
            let der = read.map_err(|error| TlsRootsError::Pem { number, reason: error.to_string() })?;
            let none = |reason: String| TlsRootsError::Certificate { number, reason };
            roots.add(der.clone()).map_err(|error| none(error.to_string()))?;
            certificates.push(Certificate::from_der(&der).map_err(|error| none(error.to_string()))?);
        }
        if certificates.is_empty() { Err(TlsRootsError::None) } else { Ok(Self(Some(certificates))) }
    }

    /// The authorities that were named; `None` for those of this machine.
    pub(super) fn named(self) -> Option<Vec<Certificate>> {
        self.0
    }
}

impl fmt::Debug for TlsRoots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str("TlsRoots(of this machine)"),
            Some(certificates) => write!(f, "TlsRoots({} named)", certificates.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TlsRoots;

    #[test]
    fn what_names_no_authority_is_refused_and_says_why() {
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n";
        let no_certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        for (text, says) in [
            ("", "holds no certificate"),
            ("a letter", "holds no certificate"),
            (key, "holds no certificate"),
            (broken, "certificate 1 is not whole"),
            (no_certificate, "certificate 1 is none"),
        ] {
            let error = TlsRoots::only(text.as_bytes()).expect_err(text);
            assert!(error.to_string().contains(says), "{text}: {error}");
        }
    }
}
