//! Hashing passwords: argon2id, on threads of its own, never more at once than half of the machine.
//!
//! Nobody holds a database connection while waiting here: the callers let theirs go first and enter again afterwards.

use std::fmt;
use std::sync::Arc;

use anyhow::anyhow;
use argon2::password_hash::{Error, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// Hashes and verifies. Clones share the same bound.
#[derive(Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    gate: Arc<Semaphore>,
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passwords").field("free", &self.gate.available_permits()).finish_non_exhaustive()
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

impl Passwords {
    /// With 19 MiB, two passes and one lane: the parameters that OWASP's cheat sheet names for argon2id, which are the
    /// defaults of the library (a test holds it to them).
    #[must_use]
    pub fn new() -> Self {
        Self::with(Argon2::default())
    }

    /// As cheap as the algorithm allows, for tests and their hundreds of sign-ins.
    #[must_use]
    pub fn for_tests() -> Self {
        let params = Params::new(Params::MIN_M_COST, 1, 1, None).unwrap_or_default();
        Self::with(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }

    fn with(argon2: Argon2<'static>) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { argon2, gate: Arc::new(Semaphore::new((cores / 2).max(1))) }
    }

    /// The hash to keep, with its salt and parameters.
    ///
    /// # Errors
    /// When the algorithm or the thread fails.
    pub async fn hash(&self, password: SecretString) -> anyhow::Result<String> {
        self.apart(move |argon2| hash(argon2, &password)).await
    }

    /// Whether the password is the one that was hashed.
    ///
    /// # Errors
    /// When the stored hash cannot be read, or the thread fails. A wrong password is no error.
    pub async fn verify(&self, password: SecretString, stored: &str) -> anyhow::Result<bool> {
        let stored = stored.to_owned();
        self.apart(move |argon2| verify(argon2, &password, &stored)).await
    }

    /// Takes the time of [`verify`](Self::verify) for a telephone number that nobody has, so that the time tells nothing: the
    /// password is hashed once with the same parameters, which is all that verifying costs.
    ///
    /// # Errors
    /// When the thread fails.
    pub async fn verify_nobody(&self, password: SecretString) -> anyhow::Result<()> {
        self.hash(password).await?;
        Ok(())
    }

    async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> anyhow::Result<T> + Send + 'static,
    ) -> anyhow::Result<T> {
        // The permit goes along: a request that is given up does not free its place before the thread is done.
        let permit = Arc::clone(&self.gate).acquire_owned().await?;
        let argon2 = self.argon2.clone();
        tokio::task::spawn_blocking(move || {
            let done = work(&argon2);
            drop(permit);
            done
        })
        .await?
    }
}

/// The same letters give the same bytes on every keyboard (NFKC, one of the two forms that NIST SP 800-63B names).
#[must_use]
pub fn normalised(password: &SecretString) -> SecretString {
    SecretString::from(password.expose_secret().nfkc().collect::<String>())
}

fn hash(argon2: &Argon2<'static>, password: &SecretString) -> anyhow::Result<String> {
    let kept = argon2
        .hash_password(normalised(password).expose_secret().as_bytes())
        .map_err(|error| anyhow!("hashing a password: {error}"))?;
    Ok(kept.to_string())
}

fn verify(argon2: &Argon2<'static>, password: &SecretString, stored: &str) -> anyhow::Result<bool> {
    match argon2.verify_password(normalised(password).expose_secret().as_bytes(), stored) {
        Ok(()) => Ok(true),
        Err(Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(anyhow!("verifying a password: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    #[tokio::test]
    async fn the_right_password_is_known_again_and_no_other() {
        let passwords = Passwords::for_tests();
        let kept = passwords.hash(secret("suối mai tre lúa")).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$"));
        assert!(passwords.verify(secret("suối mai tre lúa"), &kept).await.unwrap());
        assert!(!passwords.verify(secret("suối mai tre lụa"), &kept).await.unwrap());
        assert!(!passwords.verify(secret(""), &kept).await.unwrap());
        passwords.verify_nobody(secret("bất kỳ")).await.unwrap();
        assert!(passwords.verify(secret("bất kỳ"), "không phải mã băm").await.is_err());
    }

    #[tokio::test]
    async fn composed_and_decomposed_letters_are_one_password() {
        let passwords = Passwords::for_tests();
        let composed: String = "Đường về nhà".nfc().collect();
        let decomposed: String = composed.nfd().collect();
        assert_ne!(composed, decomposed);
        let kept = passwords.hash(secret(&composed)).await.unwrap();
        assert!(passwords.verify(secret(&decomposed), &kept).await.unwrap());
    }

    #[tokio::test]
    async fn two_hashes_of_one_password_differ_and_the_real_one_costs_19_mib() {
        assert!(Passwords::new().hash(secret("x")).await.unwrap().contains("$m=19456,t=2,p=1$"));
        let cheap = Passwords::for_tests();
        assert_ne!(cheap.hash(secret("x")).await.unwrap(), cheap.hash(secret("x")).await.unwrap());
    }
}
