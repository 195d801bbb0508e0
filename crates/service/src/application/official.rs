//! What stands in an official's draft beside what is stated: judgements under `judge.`, papers under `paper.`, each under its path.

use policy::spec::StageSpec;
use records::answers::Answers;
use records::application::Application;

/// Where the judgement of a condition stands in a draft.
pub fn judge_path(condition: &str) -> String {
    format!("judge.{condition}")
}

/// Where the basis of a judgement stands.
pub fn judge_note_path(condition: &str) -> String {
    format!("judge.{condition}.note")
}

/// Where the papers of a slot stand, their ids parted by commas.
pub fn paper_path(slot: &str) -> String {
    format!("paper.{slot}")
}

/// Puts into a new draft what was judged and handed in before the file was returned: that is where the work begins again.
pub fn begun_statement(file: &Application, stage: &StageSpec, stated: &mut Answers) {
    for (id, judgement) in stage.judges.iter().filter_map(|judged| Some((judged.as_str(), file.judgements.get(judged.as_str())?))) {
        stated.set(&judge_path(id), if judgement.holds { "yes" } else { "no" });
        stated.set(&judge_note_path(id), &judgement.note);
    }
    for slot in &stage.materials {
        let ids = file.papers.get(slot.value()).map_or(&[][..], Vec::as_slice);
        stated.set(&paper_path(slot.value()), &ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(","));
    }
}
