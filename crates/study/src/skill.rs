//! The skills of the exam.

/// The skills of DVA-C02 that have to do with keys, by the numbers of the exam guide's second domain, each in a few words.
const SKILLS: [(&str, &str); 13] = [
    ("2.1.3", "How programs get access to AWS"),
    ("2.1.5", "Taking on a role"),
    ("2.1.6", "What a principal may do"),
    ("2.2.1", "At rest and in transit"),
    ("2.2.2", "Certificates"),
    ("2.2.3", "On the client or on the server"),
    ("2.2.4", "Encrypting and decrypting with keys"),
    ("2.2.5", "Certificates and SSH keys for development"),
    ("2.2.6", "Across accounts"),
    ("2.2.7", "Rotation of keys"),
    ("2.3.1", "Which data are sensitive"),
    ("2.3.2", "Secrets in environment variables"),
    ("2.3.3", "Services that keep secrets"),
];

/// What a skill is about; none if there is no skill of this number.
pub fn skill(number: &str) -> Option<&'static str> {
    SKILLS.iter().find(|(known, _)| *known == number).map(|(_, about)| *about)
}
