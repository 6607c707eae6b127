namespace Sasaeai.Features.Audit;

/// <summary>The words of the audit trail as an officer says them; a word without one is shown as it is kept.</summary>
public static class AuditWords
{
    public static readonly IReadOnlyDictionary<string, string> Verbs = new OrderedDictionary<string, string>
    {
        ["create"] = "追加", ["change"] = "変更", ["delete"] = "削除", ["look"] = "閲覧", ["export"] = "書き出し",
        ["sign_in"] = "サインイン", ["sign_out"] = "サインアウト", ["sign_in_refused"] = "サインイン失敗", ["recovery_code"] = "回復コードの使用", ["end_session"] = "端末のサインアウト",
        ["post"] = "記帳", ["close"] = "締め", ["reopen"] = "開き直し", ["return"] = "受け取り", ["import"] = "取り込み", ["undo"] = "取り消し", ["not_found"] = "ないものへのアクセス", ["refused"] = "権限のない操作",
    };

    public static readonly IReadOnlyDictionary<string, string> Nouns = new OrderedDictionary<string, string>
    {
        ["resource"] = "地域資源", ["revision"] = "修正案", ["verification"] = "確認", ["mistake_report"] = "間違いの知らせ", ["confirmation_request"] = "確認の依頼",
        ["attachment"] = "写真・書類", ["organization"] = "団体", ["voice"] = "住民の声", ["account"] = "アカウント", ["membership"] = "役割", ["area"] = "圏域", ["area_parent"] = "圏域の重なり",
        ["population"] = "人口", ["category"] = "分類", ["code_item"] = "コード", ["trouble"] = "困りごと", ["synonym"] = "同義語", ["town_rule"] = "市町村の設定", ["import_mapping"] = "取り込みの列合わせ", ["audit_entry"] = "操作の記録",
        ["resources"] = "地域資源の一覧", ["verification_sheet"] = "電話用の一覧", ["contact_try"] = "つながらなかった電話",
        ["activity_record"] = "活動の記録", ["activity_photo"] = "活動の写真", ["activity_report"] = "月報・年報の文章", ["outreach"] = "普及啓発", ["posting"] = "配置",
        ["body"] = "主体", ["department"] = "庁内の課", ["council"] = "協議体", ["council_member"] = "協議体の委員", ["council_stage"] = "協議体の段階", ["meeting"] = "会議", ["agenda_item"] = "議題", ["item_text"] = "話し合ったこと",
        ["attendance"] = "出欠", ["decision"] = "決定", ["meeting_task"] = "宿題", ["meeting_paper"] = "会議の資料", ["minutes"] = "会議録", ["minutes_step"] = "会議録の段階",
        ["issue"] = "課題", ["issue_evidence"] = "課題の根拠", ["issue_resource"] = "課題に合う資源", ["handover"] = "引継ぎ", ["initiative"] = "取組", ["initiative_issue"] = "取組の課題", ["initiative_partner"] = "取組の団体", ["initiative_step"] = "取組の段階",
        ["plan"] = "計画", ["plan_text"] = "計画の文章", ["indicator"] = "指標", ["indicator_definition"] = "指標の決まり", ["indicator_value"] = "指標の数", ["funding"] = "財源", ["entrusted_fee"] = "委託料", ["subsidy_rule"] = "補助のきまり",
        ["help_group"] = "助け合い団体", ["group_step"] = "立ち上げの手順", ["keeper"] = "世話人", ["member"] = "会員", ["member_import"] = "会員の取り込み", ["help_category"] = "依頼の分類", ["help_rule"] = "調整のきまり", ["help_request"] = "依頼", ["help_series"] = "定期の依頼",
        ["visit"] = "活動", ["assignment"] = "担当", ["offer"] = "連絡の記録", ["visit_report"] = "活動の報告", ["slip_photo"] = "署名した紙の写真", ["introduction"] = "顔合わせ", ["ride_check"] = "送迎の前の確認", ["helper_link"] = "手伝う人のページ", ["rubbish_days"] = "ゴミの日",
        ["unmet_need"] = "応えられなかった依頼", ["weekly_proposal"] = "週の予定案", ["tariff"] = "料金のきまり", ["ticket_type"] = "券の種類", ["ticket"] = "券", ["ledger_posting"] = "記帳", ["group_closing"] = "月締め",
    };

    public static string Verb(string verb) => Verbs.GetValueOrDefault(verb, verb);

    public static string Noun(string noun) => Nouns.GetValueOrDefault(noun, noun);
}
