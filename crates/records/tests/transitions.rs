//! What may happen to a file in which state: a table, written by hand.
#![allow(clippy::unwrap_used)]

mod given;

use given::{Walk, actor, pack};
use records::application::stage_words;

/// `x`: the command is carried out; `.`: it is refused. `lapse` is never refused; there `x` means that it does something.
const TABLE: &str = "
                    preparing prepared check correcting works review publicity shown payment listed concluded refused withdrawn
prepare apply       x         x        .     x          .     .      .         .     .       .      .         .       .
give-back apply     .         x        .     .          .     .      .         .     .       .      .         .       .
sign apply          .         x        .     .          .     .      .         .     .       .      .         .       .
withdraw            x         x        x     x          x     x      .         .     .       .      .         .       .
assign evaluation   .         .        .     .          x     .      .         .     .       .      .         .       .
assign check        .         .        .     .          .     .      .         .     .       .      .         .       .
declare evaluation  .         .        .     .          x     .      .         .     .       .      .         .       .
approve check       .         .        x     .          .     .      .         .     .       .      .         .       .
return check        .         .        x     .          .     .      .         .     .       .      .         .       .
refuse check        .         .        x     .          .     .      .         .     .       .      .         .       .
skip check          .         .        .     .          .     .      .         .     .       .      .         .       .
skip supervision    .         .        .     .          x     .      .         .     .       .      .         .       .
assess evaluation   .         .        .     .          x     .      .         .     .       .      .         .       .
audit audit         .         .        .     .          x     .      .         .     .       .      .         .       .
approve review      .         .        .     .          .     x      .         .     .       .      .         .       .
return review       .         .        .     .          .     x      .         .     .       .      .         .       .
refuse review       .         .        .     .          .     x      .         .     .       .      .         .       .
publicise           .         .        .     .          .     .      x         .     .       .      .         .       .
pass                .         .        .     .          .     .      .         x     .       .      .         .       .
uphold              .         .        .     .          .     .      .         x     .       .      .         .       .
list                .         .        .     .          .     .      .         .     x       .      .         .       .
unlist              .         .        .     .          .     .      .         .     .       x      .         .       .
pay                 .         .        .     .          .     .      .         .     .       x      .         .       .
claim               .         .        .     .          .     .      .         .     .       .      x         .       .
repay               .         .        .     .          .     .      .         .     .       .      .         .       .
lapse               .         .        .     .          .     .      .         .     .       .      .         .       .
";

#[test]
fn every_command_in_every_state() {
    let mut lines = TABLE.trim_start_matches('\n').lines();
    let states: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    for line in lines {
        let (command, cells) = line.split_at(20);
        for (state, cell) in states.iter().zip(cells.split_whitespace()) {
            let mut walk = Walk::at(state);
            let before = walk.file.clone();
            let done = walk.run(command.trim(), &actor(command.trim()));
            let carried_out = done.as_ref().is_ok_and(|events| !events.is_empty());
            assert_eq!(carried_out, cell == "x", "{} when {state}: {done:?}", command.trim());
            if !carried_out {
                assert_eq!(walk.file, before, "a refusal changes nothing");
            }
            if let Err(refusal) = done {
                assert!(refusal.message.ends_with('。'), "{refusal:?}");
            }
        }
    }
}

/// Each state's way there: the last command, what happened by it, and the words of file and stages after it.
#[test]
fn the_story_in_words() {
    for (state, happened, file, stages) in [
        ("preparing", "", "填报中", "notice 已完成 apply 未开始 check 未到本环节"),
        ("prepared", "prepared", "填报中", "notice 已完成 apply 待签发 check 未到本环节"),
        ("check", "signed stage_opened", "审核中", "apply 已完成 check 进行中 evaluation 未到本环节"),
        ("correcting", "returned", "需补正", "apply 需补正 check 未到本环节"),
        ("works", "declared", "审核中", "check 已完成 evaluation 进行中 audit 进行中 supervision 进行中 review 未到本环节"),
        ("review", "skipped stage_opened", "审核中", "evaluation 已完成 audit 已完成 supervision 不需要 review 进行中"),
        ("publicity", "approved decided stage_opened", "审核中", "review 已完成 publicity 进行中 payment 未到本环节"),
        ("shown", "publicised", "公示中", "publicity 进行中"),
        ("payment", "passed stage_opened", "待拨付", "publicity 已完成 payment 进行中"),
        ("listed", "listed", "待拨付", "payment 进行中"),
        ("concluded", "paid concluded", "已拨付", "payment 已完成"),
        ("refused", "refused", "未通过", "apply 已完成 check 已终止 evaluation 已终止"),
        ("withdrawn", "withdrawn", "已终止", "apply 已终止 check 已终止"),
    ] {
        let way = given::way_to(state);
        let mut walk = Walk::of("subsidy");
        let mut last = Vec::new();
        for command in way {
            last = walk.run(command, &actor(command)).unwrap();
        }
        assert_eq!(last.join(" "), happened, "{state}");
        assert_eq!(walk.file.word().label(), file, "{state}");
        let words: Vec<String> =
            stage_words(pack(), &walk.file).iter().map(|(spec, word)| format!("{} {}", spec.id, word.label())).collect();
        assert!(words.join(" ").contains(stages), "{state}: {words:?}");
    }
}

/// A refusal by a rule of the policy says by which clause.
#[test]
fn refusals_by_the_policy_cite_it() {
    for (state, before, command, clause, says) in [
        ("works", &["assign supervision", "declare supervision"][..], "return supervision", "3.6", "没有退回补正的规定"),
        ("check", &[], "skip check", "3.5", "不能省略"),
    ] {
        let mut walk = Walk::at(state);
        before.iter().for_each(|command| drop(walk.run(command, &actor(command)).unwrap()));
        let refusal = walk.run(command, &actor(command)).unwrap_err();
        assert_eq!(refusal.clause.as_deref(), Some(clause), "{refusal:?}");
        assert!(refusal.message.contains(says), "{refusal:?}");
    }
}
