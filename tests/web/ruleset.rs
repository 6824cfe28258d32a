//! Rulesets to read.

use binhyen::ruleset::shipped;
use scraper::Selector;

use crate::support::{World, fill, people};

const BADGE: &str = "cần đối chiếu văn bản gốc";

#[tokio::test]
async fn every_ruleset_marks_what_nobody_compared_with_its_source() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    for ruleset in shipped().expect("shipped") {
        let page = leader.get(&format!("/bo-quy-dinh/{}/1", ruleset.code)).await;
        page.ok().says(&ruleset.title);
        let mut marked = 0;
        for rules in &ruleset.subjects {
            for criterion in &rules.criteria {
                let id = format!("[id=\"{}-{}\"]", rules.subject.as_str(), criterion.code);
                let item = page.html().select(&Selector::parse(&id).expect("a selector")).next().expect("a criterion");
                let text: String = item.text().collect();
                assert_eq!(text.contains(BADGE), criterion.confidence.needs_check(), "{} {id}", ruleset.code);
                marked += u32::from(criterion.confidence.needs_check());
            }
        }
        assert!(marked > 0, "{}", ruleset.code);
    }
}

#[tokio::test]
async fn where_plan_and_circular_differ_is_said() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    leader.get("/quy-dinh").await.leads_to("/bo-quy-dinh/kh390-2024/1");
    let page = leader.follow().await;
    page.ok().says("Kế hoạch và Thông tư khác nhau ở đâu").says("Ai công nhận tổ dân phố").is_silent_about("124/2012");
    let plan = shipped().expect("shipped").into_iter().find(|it| it.code == "kh390-2024").expect("the plan");
    assert!(plan.differences.len() >= 5);
    for difference in &plan.differences {
        page.says(&difference.point);
    }
}

#[tokio::test]
async fn a_year_leads_to_its_own_rules() {
    let world = World::new().await;
    let mut officer = world.client(people::OFFICER).await;
    officer.get("/nam?nam=2025&bo=tt124-2021").await.ok();
    officer.submit("/nam", fill()).await.leads_to("/nam/2025");
    officer.get("/quy-dinh").await.leads_to("/bo-quy-dinh/tt124-2021/1");
    officer.get("/nam/2024").await.ok();
    officer.submit("/nam/chon", fill()).await.leads_to("/");
    officer.get("/quy-dinh").await.leads_to("/bo-quy-dinh/kh390-2024/1");
}

#[tokio::test]
async fn rules_cost_few_statements_and_unknown_ones_are_not_there() {
    let world = World::new().await;
    let mut leader = world.client(people::LEADER_7).await;
    for (page, budget) in [("/bo-quy-dinh", 2), ("/bo-quy-dinh/kh390-2024/1", 2)] {
        leader.get(page).await.ok();
        leader.get(page).await.ok().costs(budget);
    }
    leader.get("/quy-dinh").await.is(303).costs(2);
    for nowhere in ["/bo-quy-dinh/kh390-2024/99", "/bo-quy-dinh/kh391/1"] {
        leader.get(nowhere).await.not_found();
    }
    world.visitor().get("/bo-quy-dinh").await.leads_to("/dang-nhap?ve=%2Fbo%2Dquy%2Ddinh");
}
