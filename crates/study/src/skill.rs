//! The skills of the exam.

use crate::words::Word;

/// The skills of DVA-C02 that have to do with keys, by the numbers of the exam guide's second domain, each with what says it in a few words.
const SKILLS: [(&str, Word); 13] = [
    ("2.1.3", Word::SkillPrograms),
    ("2.1.5", Word::SkillRole),
    ("2.1.6", Word::SkillPrincipal),
    ("2.2.1", Word::SkillRest),
    ("2.2.2", Word::SkillCertificates),
    ("2.2.3", Word::SkillSides),
    ("2.2.4", Word::SkillKeys),
    ("2.2.5", Word::SkillDevelopment),
    ("2.2.6", Word::SkillAccounts),
    ("2.2.7", Word::SkillRotation),
    ("2.3.1", Word::SkillSensitive),
    ("2.3.2", Word::SkillEnvironment),
    ("2.3.3", Word::SkillSecrets),
];

/// What says what a skill is about; none if there is no skill of this number.
pub fn skill(number: &str) -> Option<Word> {
    SKILLS.iter().find(|(known, _)| *known == number).map(|(_, about)| *about)
}
