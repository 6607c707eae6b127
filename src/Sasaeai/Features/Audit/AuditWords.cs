using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.RegularExpressions;
using Sasaeai.Data;

namespace Sasaeai.Features.Audit;

/// <summary>The words of the audit trail as an officer says them; a word without one is shown as it is kept.</summary>
public static partial class AuditWords
{
    public static readonly IReadOnlyDictionary<string, string> Verbs = new OrderedDictionary<string, string>
    {
        ["create"] = "追加", ["change"] = "変更", ["delete"] = "削除", ["look"] = "閲覧", ["import"] = "取り込み", ["undo"] = "取り込みの取り消し", ["export"] = "書き出し",
        ["post"] = "記帳", ["return"] = "券の受け取り", ["close"] = "月締め", ["reopen"] = "開き直し", ["erase"] = "消去",
        ["sign_in"] = "サインイン", ["sign_out"] = "サインアウト", ["sign_in_refused"] = "サインイン失敗", ["recovery_code"] = "回復コードの使用", ["end_session"] = "端末のサインアウト",
        ["not_found"] = "ないものへのアクセス", ["refused"] = "権限のない操作",
    };

    public static readonly IReadOnlyDictionary<string, string> Nouns = new OrderedDictionary<string, string>
    {
        ["resource"] = "地域資源", ["revision"] = "修正案", ["verification"] = "確認", ["contact_try"] = "つながらなかった電話", ["verification_sheet"] = "電話用の一覧", ["mistake_report"] = "間違いの知らせ", ["confirmation_request"] = "確認の依頼",
        ["attachment"] = "写真・書類", ["organization"] = "団体",
        ["activity_record"] = "活動記録", ["activity_photo"] = "活動記録の写真", ["activity_report"] = "月報・年報", ["outreach"] = "普及啓発", ["posting"] = "配置",
        ["council"] = "協議体", ["council_stage"] = "協議体の段階", ["council_member"] = "協議体の委員", ["meeting"] = "会議", ["agenda_item"] = "議題", ["item_text"] = "話し合ったこと", ["decision"] = "決定", ["meeting_task"] = "宿題",
        ["attendance"] = "出欠", ["meeting_paper"] = "会議の資料", ["minutes"] = "会議録", ["minutes_step"] = "会議録の段階",
        ["voice"] = "住民の声", ["issue"] = "課題", ["issue_evidence"] = "課題の根拠", ["issue_resource"] = "課題と地域資源", ["body"] = "主体", ["department"] = "庁内の課", ["handover"] = "引継ぎ",
        ["initiative"] = "取組", ["initiative_step"] = "取組の段階", ["initiative_partner"] = "取組の協力者", ["initiative_issue"] = "取組と課題",
        ["plan"] = "計画", ["plan_text"] = "計画の本文", ["indicator"] = "指標", ["indicator_definition"] = "指標の決まり", ["indicator_value"] = "指標の値", ["funding"] = "財源", ["entrusted_fee"] = "委託料", ["annual_report"] = "年次の資料",
        ["help_group"] = "助け合い団体", ["group_step"] = "立ち上げの手順", ["keeper"] = "世話人・当番", ["member"] = "会員", ["member_import"] = "会員の取り込み", ["help_request"] = "依頼", ["help_series"] = "定期の依頼", ["help_category"] = "依頼の分類", ["help_rule"] = "調整のきまり",
        ["visit"] = "活動", ["assignment"] = "担当", ["offer"] = "連絡の記録", ["introduction"] = "顔合わせ", ["visit_report"] = "活動の報告", ["slip_photo"] = "署名した紙の写真", ["ride_check"] = "送迎の前の確認", ["helper_link"] = "手伝う人のページ",
        ["weekly_proposal"] = "週の予定案", ["unmet_need"] = "応えられなかった依頼", ["rubbish_days"] = "ゴミの日", ["subsidy_rule"] = "補助のきまり", ["mutual_help_report"] = "助け合いの集計",
        ["tariff"] = "料金のきまり", ["ticket_type"] = "券の種類", ["ticket"] = "券", ["ledger_posting"] = "帳簿", ["group_closing"] = "月締め",
        ["account"] = "アカウント", ["membership"] = "役割", ["area"] = "圏域", ["area_parent"] = "圏域の重なり",
        ["population"] = "人口", ["category"] = "分類", ["code_item"] = "コード", ["trouble"] = "困りごと", ["synonym"] = "同義語", ["town_rule"] = "市町村の設定", ["import_mapping"] = "取り込みの列合わせ", ["audit_entry"] = "操作の記録",
        ["resources"] = "地域資源の一覧", ["organizations"] = "団体の一覧", ["areas"] = "圏域の一覧", ["audit"] = "操作の記録の一覧", ["dataset"] = "推奨データセット",
        ["published-resources"] = "公開中の地域資源の一覧", ["published-organizations"] = "公開中の団体の一覧",
    };

    // What no form asks for.
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["Version"] = "版", ["State"] = "状態", ["Number"] = "番号", ["Name"] = "名前", ["Kana"] = "カナ", ["NameKey"] = "さがすための名前", ["Content"] = "内容", ["Note"] = "メモ", ["Sort"] = "並び順", ["Code"] = "コード", ["Kind"] = "種類",
        ["CreatedAt"] = "作った日時", ["CreatedBy"] = "作った人", ["CreatedByName"] = "作った人", ["ChangedAt"] = "直した日時", ["ByName"] = "した人", ["AccountId"] = "アカウント", ["OnDay"] = "日", ["StartsOn"] = "始まり", ["EndsOn"] = "終わり",
        ["ClosedAt"] = "停止・終了の日時", ["RemovedAt"] = "消した日時", ["ClosedBy"] = "終えた人", ["ClosedOn"] = "解散・休止の日", ["DecidedAt"] = "決めた日時", ["DecidedBy"] = "決めた人", ["ResourceId"] = "地域資源", ["OrganizationId"] = "団体", ["AreaId"] = "圏域", ["AreaIds"] = "圏域", ["ParentId"] = "上の地域",
        ["CouncilId"] = "協議体", ["MeetingId"] = "会議", ["IssueId"] = "課題", ["GroupId"] = "助け合い団体", ["MemberId"] = "会員", ["HelperId"] = "担い手", ["VisitId"] = "活動", ["RequestId"] = "依頼",
        ["VerifiedOn"] = "最終確認の日", ["VerifiedHow"] = "確認の方法", ["VerifiedBy"] = "確認した人", ["DueOn"] = "次の確認の期限", ["HideOn"] = "公開から外れる日", ["CategoryCodes"] = "分類", ["Imported"] = "取り込んだ内容", ["ImportedAt"] = "取り込んだ日時",
        ["Email"] = "メールアドレス", ["EmailKey"] = "メールアドレス（さがす用）", ["PasswordHash"] = "パスワード", ["SecurityStamp"] = "サインインの印", ["AuthenticatorKey"] = "認証アプリの鍵", ["RecoveryCodes"] = "回復コード", ["TwoFactorEnabled"] = "二段階認証",
        ["AccessFailedCount"] = "続けて間違えた回数", ["LockoutEnd"] = "一時停止の終わり", ["MustChangePassword"] = "次にパスワードを変える", ["LastStep"] = "最後に使った確認コード", ["Role"] = "役割", ["Lat"] = "緯度", ["Lng"] = "経度", ["Boundary"] = "境界", ["Layer"] = "層",
    };

    private static readonly Dictionary<string, string> Homes = Types().Where(type => typeof(ITownOwned).IsAssignableFrom(type)).GroupBy(type => SnakeCase.From(type.Name)).ToDictionary(types => types.Key, types => types.First().Namespace!);

    // Forms ask for the same values, in words.
    private static readonly ILookup<string, (string Namespace, string Label)> Questions = (
        from type in Types()
        from property in type.GetProperties()
        let label = property.GetCustomAttribute<DisplayAttribute>()?.Name
        where label is not null
        select (property.Name, Question: (type.Namespace!, label))).ToLookup(known => known.Name, known => known.Question);

    public static string Verb(string verb) => Verbs.GetValueOrDefault(verb, verb);

    /// <summary>The record, or the page that was asked for in vain.</summary>
    public static string Noun(string noun) => Nouns.GetValueOrDefault(noun) ?? (noun.Contains('/') || noun.Contains('{') ? $"ページ「/{Placeholder().Replace(noun, "…")}」" : noun);

    /// <summary>The name of a field: as a form beside the record asks for it, else as the program's other forms do.</summary>
    public static string Field(string noun, string field)
    {
        var property = string.Concat(field.Split('_').Where(part => part != "").Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        var asked = Questions[property].ToList();
        return asked.Where(question => Homes.TryGetValue(noun, out var home) && (question.Namespace + ".").StartsWith(home + ".", StringComparison.Ordinal)).Select(question => question.Label).FirstOrDefault()
            ?? Fields.GetValueOrDefault(property)
            ?? (asked.Select(question => question.Label).Distinct().Take(2).ToList() is [var only] ? only : field);
    }

    private static IEnumerable<Type> Types() => typeof(AuditWords).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("Sasaeai", StringComparison.Ordinal) == true);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
