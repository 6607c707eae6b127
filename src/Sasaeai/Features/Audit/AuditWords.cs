namespace Sasaeai.Features.Audit;

/// <summary>The words of the audit trail as an officer says them; a word without one is shown as it is kept.</summary>
public static class AuditWords
{
    public static readonly IReadOnlyDictionary<string, string> Verbs = new OrderedDictionary<string, string>
    {
        ["create"] = "追加", ["change"] = "変更", ["delete"] = "削除", ["look"] = "閲覧", ["export"] = "書き出し",
        ["sign_in"] = "サインイン", ["sign_out"] = "サインアウト", ["sign_in_refused"] = "サインイン失敗", ["recovery_code"] = "回復コードの使用", ["end_session"] = "端末のサインアウト",
        ["not_found"] = "ないものへのアクセス", ["refused"] = "権限のない操作",
    };

    public static readonly IReadOnlyDictionary<string, string> Nouns = new OrderedDictionary<string, string>
    {
        ["resource"] = "地域資源", ["revision"] = "修正案", ["verification"] = "確認", ["mistake_report"] = "間違いの知らせ", ["confirmation_request"] = "確認の依頼",
        ["attachment"] = "写真・書類", ["organization"] = "団体", ["voice"] = "住民の声", ["account"] = "アカウント", ["membership"] = "役割", ["area"] = "圏域", ["area_parent"] = "圏域の重なり",
        ["population"] = "人口", ["category"] = "分類", ["code_item"] = "コード", ["trouble"] = "困りごと", ["synonym"] = "同義語", ["town_rule"] = "市町村の設定", ["import_mapping"] = "取り込みの列合わせ", ["audit_entry"] = "操作の記録",
    };

    public static string Verb(string verb) => Verbs.GetValueOrDefault(verb, verb);

    public static string Noun(string noun) => Nouns.GetValueOrDefault(noun, noun);
}
