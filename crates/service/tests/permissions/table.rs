//! The table.

/// The columns: an enterprise, another one, a provider's clerk under the first one's mandate; the provider that its file
/// names, another; its district, another; its city, another; the region; its finance bureau, another; the third parties
/// assigned, others of their kinds; the supervisor; the administrator.
pub const COLUMNS: [&str; 18] = [
    "enterprise",
    "enterprise2",
    "mandate",
    "provider",
    "provider2",
    "district",
    "district2",
    "city",
    "city2",
    "region",
    "finance",
    "finance2",
    "evaluator",
    "evaluator2",
    "auditor",
    "auditor2",
    "supervisor",
    "administrator",
];

/// Use case, the role it takes (`handler`, `certifier`, `manager`, `-` for any), and who is let in. The file has ended, so
/// that whoever is let in changes nothing.
pub const TABLE: &str = "
                                E E2 M P P2 D D2 C C2 R F F2 V V2 A A2 S Z
open                 -          x .  x x .  x .  x .  x x .  x .  x .  x .
timeline             -          x .  x x .  x .  x .  x x .  x .  x .  x .
papers               -          x .  x x .  x .  x .  x x .  x .  x .  x .
draft                handler    x .  x . .  . .  . .  . . .  . .  . .  . .
save_draft           handler    x .  x . .  . .  . .  . . .  . .  . .  . .
read_invoices        handler    x .  x . .  . .  . .  . . .  . .  . .  . .
remarks              -          x .  x x .  x .  x .  x x .  x .  x .  x .
prepare              handler    x .  x . .  . .  . .  . . .  . .  . .  . .
sign                 certifier  x .  . . .  . .  . .  . . .  . .  . .  . .
give_back            certifier  x .  . . .  . .  . .  . . .  . .  . .  . .
withdraw             certifier  x .  . . .  . .  . .  . . .  . .  . .  . .
approve              handler    . .  . . .  . .  x .  . . .  . .  . .  . .
approve_many         handler    . .  . . .  . .  x .  . . .  . .  . .  . .
return               handler    . .  . . .  . .  x .  . . .  . .  . .  . .
refuse               handler    . .  . . .  . .  x .  . . .  . .  . .  . .
official_draft       handler    . .  . . .  . .  x .  . . .  . .  . .  . .
save_official_draft  handler    . .  . . .  . .  x .  . . .  . .  . .  . .
skip                 handler    . .  . . .  . .  x .  x . .  . .  . .  . .
assess               handler    . .  . . .  . .  . .  . . .  x .  . .  . .
audit                handler    . .  . . .  . .  . .  . . .  . .  x .  . .
assign               handler    . .  . . .  . .  x .  x . .  . .  . .  . .
assignable           -          . .  . . .  . .  x x  x . .  . .  . .  . .
declare              handler    . .  . . .  . .  . .  . . .  x .  . .  . .
claim_back           handler    . .  . . .  . .  . .  . x .  . .  . .  . .
repay                handler    . .  . . .  . .  . .  . x .  . .  . .  . .
import_template      handler    . .  . . .  . .  x x  x . .  . .  . .  . .
import_preview       handler    . .  . . .  . .  x x  x . .  . .  . .  . .
import_take_in       handler    . .  . . .  . .  x x  x . .  . .  . .  . .
import_listed        handler    . .  . . .  . .  x x  x x x  . .  . .  . .
import_rows          handler    x .  x . .  . .  . .  . . .  . .  . .  . .
import_products      handler    . .  . x x  . .  x x  x . .  . .  . .  . .
products_out         -          . .  . x x  . .  x x  x . .  . .  . .  x .
product_own          -          . .  . x x  . .  . .  . . .  . .  . .  . .
product_own_one      -          . .  . x .  . .  . .  . . .  . .  . .  . .
product_add          handler    . .  . x x  . .  . .  . . .  . .  . .  . .
product_change       handler    . .  . x .  . .  . .  . . .  . .  . .  . .
product_withdraw     handler    . .  . x .  . .  . .  . . .  . .  . .  . .
product_put_back     handler    . .  . x .  . .  . .  . . .  . .  . .  . .
products_overseen    -          . .  . . .  . .  x x  x . .  . .  . .  x .
product_overseen_one -          . .  . . .  . .  x .  x . .  . .  . .  x .
product_take_down    handler    . .  . . .  . .  x .  x . .  . .  . .  . .
answers_out          handler    x .  x . .  . .  . .  . . .  . .  . .  . .
import_answers       handler    x .  x . .  . .  . .  . . .  . .  . .  . .
import_stated        handler    . .  . . .  . .  . .  . . .  x .  . .  . .
many_out             handler    . .  . . .  . .  . .  . . .  x x  . .  . .
import_many          handler    . .  . . .  . .  . .  . . .  x x  . .  . .
import_payments      handler    . .  . . .  . .  . .  . x .  . .  . .  . .
payments_out         -          . .  . . .  . .  x .  . x .  . .  . .  x .
roster_out           -          . .  . . .  . .  x x  x . .  . .  . .  x .
open_joint           -          x x  . . .  x .  x .  x . .  . .  . .  x .
join_draft           handler    . x  . . .  . .  . .  . . .  . .  . .  . .
join_problems        handler    . x  . . .  . .  . .  . . .  . .  . .  . .
save_join_draft      handler    . x  . . .  . .  . .  . . .  . .  . .  . .
prepare_join         handler    . x  . . .  . .  . .  . . .  . .  . .  . .
join                 certifier  . x  . . .  . .  . .  . . .  . .  . .  . .
decline_join         certifier  . x  . . .  . .  . .  . . .  . .  . .  . .
remove_member        certifier  x .  . . .  . .  . .  . . .  . .  . .  . .
replace_member       certifier  x .  . . .  . .  . .  . . .  . .  . .  . .
consortia            handler    . .  . . .  . .  x x  x . .  . .  . .  . .
quotas               -          . .  . . .  x x  x x  x . .  . .  . .  x .
batch_open           handler    . .  . . .  . .  x x  x . .  . .  . .  . .
batch_extend         handler    . .  . . .  . .  x .  x . .  . .  . .  . .
batch_close          handler    . .  . . .  . .  x .  x . .  . .  . .  . .
publicity_open       handler    . .  . . .  . .  x .  x . .  . .  . .  . .
publicity_candidates handler    . .  . . .  . .  x x  x . .  . .  . .  . .
settle               handler    . .  . . .  . .  x .  x . .  . .  . .  . .
objections           -          . .  . . .  . .  x .  x . .  . .  . .  x .
publicities_overseen -          . .  . . .  . .  x x  x . .  . .  . .  x .
payment_prepare      handler    . .  . . .  . .  . .  . x .  . .  . .  . .
payment_candidates   handler    . .  . . .  . .  . .  . x x  . .  . .  . .
payment_waiting      -          . .  . . .  . .  . .  . x x  . .  . .  . .
payment_approve      certifier  . .  . . .  . .  . .  . x .  . .  . .  . .
payment_cancel       handler    . .  . . .  . .  . .  . x .  . .  . .  . .
payment_record       handler    . .  . . .  . .  . .  . x .  . .  . .  . .
payment_record_many  handler    . .  . . .  . .  . .  . x .  . .  . .  . .
payment_list         handler    . .  . . .  . .  x .  . x .  . .  . .  x .
mandate_grant        manager    x x  . . .  . .  . .  . . .  . .  . .  . .
mandate_withdraw     manager    x .  . . .  . .  . .  . . .  . .  . .  . .
mandates             -          x x  . x x  . .  . .  . . .  . .  . .  . .
organisation         -          x .  x . .  x .  x .  x x .  . .  . .  x x
set_profile          handler    x x  . x x  x x  x x  x x x  x x  x x  x x
suspend              manager    . .  . . .  . .  . .  . . .  . .  . .  . x
restore              manager    . .  . . .  . .  . .  . . .  . .  . .  . x
organisations        -          . .  . . .  x x  x x  x x x  . .  . .  x x
dossier              -          x .  . . .  x .  x .  x x .  . .  . .  x .
pack_versions        -          . .  . . .  . .  x x  x . .  . .  . .  x .
pack_version         -          . .  . . .  . .  x x  x . .  . .  . .  x .
pack_compiled        -          . .  . . .  . .  x x  x . .  . .  . .  x .
pack_load            manager    . .  . . .  . .  . .  . . .  . .  . .  . x
pack_open            certifier  . .  . . .  . .  x x  x . .  . .  . .  . .
pack_open_admin      manager    . .  . . .  . .  . .  . . .  . .  . .  . x
pack_withdraw        manager    . .  . . .  . .  . .  . . .  . .  . .  . x
issue_document       -          x .  x x .  x .  x .  x x .  x .  x .  x .
issued_of_file       -          x .  x x .  x .  x .  x x .  x .  x .  x .
archive              -          x .  . . .  x .  x .  x x .  . .  . .  x .
issue_supervision    -          . .  . . .  x .  x .  x x .  . .  . .  x .
issue_monthly        -          . .  . . .  x x  x x  x x x  . .  . .  x .
issue_publicity      handler    . .  . . .  . .  x .  x . .  . .  . .  . .
issue_payment_list   -          . .  . . .  . .  . .  . x .  . .  . .  . .
decisions_of_list    -          . .  . . .  . .  . .  . x .  . .  . .  . .
tables_of_batch      -          . .  . . .  . .  x x  x . .  . .  . .  x .
verify               -          . .  . . .  . .  . .  . . .  . .  . .  x .
heads                -          . .  . . .  . .  . .  . . .  . .  . .  x .
applications         -          x x  x x x  x x  x x  x x x  . .  . .  x .
dashboard            -          x x  x x x  x x  x x  x x x  . .  . .  x .
inbox                -          x x  x x x  x x  x x  x x x  x x  x x  . .
start                handler    x x  x . .  . .  . .  . . .  . .  . .  . .
start_elsewhere      handler    x x  . . .  . .  . .  . . .  . .  . .  . .
";
