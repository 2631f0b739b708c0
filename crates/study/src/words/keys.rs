//! All that can be said, in the order of lists that pages load.

use super::Key;

macro_rules! keys {
    ($(#[$about:meta])* $name:ident: $($key:ident)*) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $(#[doc = concat!("`", stringify!($key), "` of the catalogues.")] $key,)*
        }

        impl Key for $name {
            const NAMES: &'static [&'static str] = &[$(stringify!($key)),*];

            fn at(self) -> usize {
                self as usize
            }
        }
    };
}

keys! {
    /// What is said where something is done.
    Word:
    ScriptAs ScriptIn ScriptFlip ScriptDay ScriptDays ScriptHour ScriptHours ScriptMinute ScriptMinutes
    ScriptSecond ScriptSeconds
    LoadWaiting LoadMissing
    StepRun StepAgain StepRunning StepExpect StepExpected StepOtherwise StepPrinted StepLess
    StepAllLines StepAll
    LabPrepared LabBegin LabGoOn LabOpening LabClearing LabSolvedBefore LabGoals LabHolds
    LabNotYet LabReached LabLost LabAsItIs LabAndYet LabSolved LabChangedSince LabNotice LabWorkbench
    LabWorkbenchHint LabAgain LabAgainSure LabKeep LabAgainWarning LabHint LabAnotherHint LabLastHint
    LabNoMoreHints LabShowSolution LabHideSolution LabSolution LabPlay LabPlayAgain LabPlayHint
    LabPlaying LabStop LabPlayOn LabShowRest LabPlayed LabPlayedOut
    QuestionOne QuestionTwo QuestionThree QuestionSeveral QuestionOrder QuestionCheck QuestionAgain QuestionRight QuestionWrong
    QuestionChooseFirst QuestionMoveFirst QuestionUp QuestionDown QuestionMoved QuestionRightChosen
    QuestionRightLeft QuestionWrongChosen QuestionWrongLeft QuestionInPlace QuestionHadPlace
    QuestionRightOrder QuestionYourOrder
    ProofProve ProofHint ProofRan ProofBefore ProofHolds ProofFails ProofAsked ProofNames ProofTested
    ExamLong ExamChoice ExamMeasure ExamBegin ExamLeft ExamShowTime ExamHideTime ExamStopTime
    ExamRunTime ExamStands ExamTimeUp ExamOneLeft ExamFiveLeft ExamTenLeft ExamQuestion ExamGone
    ExamBack ExamNext ExamMark ExamMarked ExamFinish ExamOpenOne ExamOpenMany ExamStillOne ExamStillMany ExamToOpen ExamFinishOpen
    ExamQuestions ExamNumber ExamIsAnswered ExamIsMarked ExamLegend ExamResult ExamScore ExamShare
    ExamPassed ExamPace ExamBySkill ExamSkill ExamRight ExamNothing ExamRepeat ExamAnswers ExamWasRight
    ExamWasOpen ExamWasWrong ExamAnother
    ReviewNothing ReviewNoneDue ReviewOneDue ReviewManyDue ReviewAll ReviewDone ReviewNextOne
    ReviewNextMany ReviewWithinDay ReviewInDay ReviewInDays ReviewBegin ReviewShakiest ReviewAt
    ReviewLesson ReviewExam ReviewRead ReviewGone ReviewByHand ReviewNext ReviewLast ReviewLeave
    MapNone MapAll MapSolid MapShaky MapUntouched MapUntil MapDueOne MapDueMany MapDate MapPast MapNothing
    MapMinutes MapAgainOne MapAgainMany MapExam MapLegend
    KeepUnkept KeepNoIndex KeepTitle KeepHint KeepNothing KeepSave KeepBringIn KeepBroughtIn KeepErase
    KeepEraseAction KeepEraseWord KeepEraseHint KeepErasing KeepErased KeepLabStays KeepReplaceAction KeepReplaceWord
    KeepReplaceHint KeepInFile KeepHere KeepLast KeepFull KeepRefused KeepNewer KeepDamaged KeepStep
    KeepSteps KeepLab KeepLabs KeepQuestion KeepQuestions KeepExam KeepExams KeepFileOther
    KeepFileNewer KeepFileDamaged KeepFileLong
    GuideMaking GuideDone GuideMissed GuideNotYet GuideBack GuideCrossed GuideTogether GuideLetter
    GuideAgain GuideLine
    SkillPrograms SkillRole SkillPrincipal SkillRest SkillCertificates SkillSides SkillKeys
    SkillDevelopment SkillAccounts SkillRotation SkillSensitive SkillEnvironment SkillSecrets
}

keys! {
    /// What only pages say that are made when the site is built.
    PageWord:
    LanguageName
    FrameSkip FrameNav FrameLearn FrameFiles FrameKeys FrameWorkbench FrameAbout FrameFooter
    FrameUnloaded
    PageTitle PageAbout PageStart PageLead PageToReview PageToExam PageToPlan PageTime PageCounts PageTakes PageExam PageExamAbout
    PageExamLead PageExamMore PageReview PageReviewAbout PageReviewLead PageReviewMore PageInstead
    PageLearn PageLesson PageAfter PageLabs PageLabsLead PageQuestions PageSources PageSourcesLead
    PageLookedAt PageMonths PageNext PageDoIt PageAsk PageToQuestion PageHappens PageSolution PageQuestion PageOrder PageRight
    PageWrong PageAnswer PageWalkMinutes
}
