using Sasaeai.Data;

namespace Sasaeai.Features.Audit;

/// <summary>The names of fields in the audit trail as an officer says them; a field without one is shown as it is kept.</summary>
public static class FieldWords
{
    /// <summary>One word a field, whatever the record: a name of a person and of a council are both 名前.</summary>
    private const string Words = """
        name 名前, kana ふりがな, nickname 愛称, common_name 通称, title 題名, heading 見出し, number 番号, code コード, kind 種類, kind_code 会議の種類, kinds 種類, sort 並び順, note メモ, text 文章, content 内容, description 説明, detail くわしい内容,
        what したこと, noticed 気づき, next_step 次の一歩, next_due 次の一歩の期限, next_done_at 次の一歩がすんだ時, summary 要旨, public_summary 公開する要旨, public_answer 声を寄せた人への答え, public_note 公開の文章, words 言葉, word 言葉, others ほかの言葉, section 欄,
        created_at 作った時, created_by 作った人, changed_at 直した時, by_name 記録した人, written_by 書いた人, written_at 書いた時, written_no 書いた順, entered_by 入力した人, version 版, base_version もとの版,
        on_day 日, day 日, at 時, due_on 期限, due_day 期限の日, hide_on 非公開になる日, starts_on 始まりの日, ends_on 終わりの日, starts 始まりの時刻, ends 終わりの時刻, starts_at 始まりの時刻, ends_at 終わりの時刻, from_day この日から, until_day この日まで, held_on 開いた日, reached_on たどりついた日, done_on すんだ日, founded_on 設置した日,
        heard_on 聞いた日, handed_on 引き継いだ日, received_on 受け取った日, received_at 受けた時, received_by 受け取った人, answered_on 答えた日, answered_by 答えた人, answer 答え, answer_kind 答えの種類, answer_text 答えの内容, answer_reference 予算・計画, returned_on お返しした日, returned_at お返しの時・場所, returned_by お返しした人,
        closed_on 終わった日, closed_at 終わった時, closed_by 終えた人, close_reason 終えた理由, closing_reason 終えた理由, ended_on 終わった日, ended_by 終えた人, end_reason 終えた理由, cancelled_because 中止の理由, withdraw_reason 取り下げた理由, completed_at 書き終えた時, approved_at 確かめた時, approved_by 確かめた人, checked_at 確認した時, checked_by 確認した人,
        finalised_at 確定した時, finalised_by 確定した人, published_at 公開した時, published_by 公開した人, read_at 読んだ時, read_by 読んだ人, taken_at 課題に入れた時, taken_by 課題に入れた人, sent_at 送った時, sent_by 送った人, sent_how 送り方, accepted_at 受けた時, reported_at 報告した時, imported_at 取り込んだ時, joined_on 入会した日, expires_at 期限,
        area_id 地域, area_ids 地域, layer 層, council_id 協議体, meeting_id 会議, organization_id 団体, group_id 助け合い団体, resource_id 地域資源, issue_id 課題, initiative_id 取組, indicator_id 指標, item_id 議題, member_id 会員, user_id 利用会員, helper_ids 担い手, request_id 依頼, visit_id 活動, series_id 定期の依頼, account_id アカウント, department_id 庁内の課, owner_id 持ち主, from_id 引き継いだもと, to_id 引継ぎ先, follows_id 前の引継ぎ, merged_into_id まとめた先,
        state 状態, status 状態, stage 段階, stage_on 段階の日, stage_by 段階を記録した人, step 段階, result 結果, outcome 結果, reason 理由, decided_by 決めた人, decided_item 決めた議題, decision_note 決めた理由, asked_action してほしいこと, aim めざすこと, plan 計画, looking_back ふりかえり, purpose 目的, urgency 緊急度, frequency 頻度, owner 担当, source 情報源, receipt 受付番号, contact 連絡先, summarized_by 要旨を書いた人,
        phone 電話, fax ファクス, email メール, address 住所, postal_code 郵便番号, building 建物・部屋, address_detail 住所を公開する範囲, block_id 町丁目, lat 緯度, lng 経度, place 場所, venue 会場, access 行き方, parking 駐車場, url ホームページ, person 担当者, person_name 相手の人, representative 代表者, affiliation 所属, employer 所属, secretariat 事務局, corporate_number 法人番号, operator_name 実施主体の名前, established_on 設立した日, members 会員数,
        categories 分類, category_code 分類, category_codes 分類, parent_code 上の分類, service_kind サービスの類型, viewpoint 観点, tags タグ, schedule 日時, closures 休み, capacity 定員, availability 空き状況, availability_until 空き状況の期限, fee_kind 利用料の区分, fee_yen 利用料（円）, fee_note 利用料の説明, for_whom 対象, how_to_join 参加・申込みの方法, barrier_free バリアフリー, visit_areas 活動範囲, consented_on 掲載同意日, audience 見られる人・公開範囲, verified_on 最後の確認, verified_by 確認した人, verified_how 確認の方法, check_days 確認の間隔（日）, hide_days 非公開までの日数,
        head_count 人数, minutes 時間（分）, hours 受付の時間, functions SCの役割, way 方法・道のり, how 方法, channel 連絡のしかた, position 順番, present 出席, regarded 話し合いを協議体とみなす, chosen 選ばれ方, post 役, counts_as_council 協議体の開催回数に数える, closed 非公開, series 集計での名前, carried_task_id 持ちこした宿題, helpers 手伝う人の数, counted_as 集計での分類, accompanied_by 同行した人, signed 利用した人の確かめ, incident ひやりとしたこと, pinned 案を止める, overridden 条件に合わない, override_reason それでも頼んだ理由,
        role 役割, password_hash パスワード, must_change_password パスワードを変える必要, two_factor_enabled 二段階認証, two_factor_required 二段階認証を求める, authenticator_key 認証アプリの鍵, access_failed_count サインインの失敗の数, security_stamp サインインのしるし, email_key メール（さがすため）, name_key 名前（さがすため）, kana_key ふりがな（さがすため）, phone_key 電話（さがすため）, address_key 住所（さがすため）, person_key 名前（さがすため）, detail_key 内容（さがすため）,
        fiscal_year 年度, from_year いつから, unit 単位, direction よい向き, counting 数え方, rule_code 数え方, rules きまり, numerator 分子, denominator 分母, project 事業, yen 額（円）, nation 国, prefecture 都道府県, town 市町村, first_insured 第1号保険料, second_insured 第2号保険料, entrusted_to 委託先, work 仕事, is_entrusted 委託, full_time_share 常勤換算, days_a_week 週の日数, hours_a_day 1日の時間, other_duty 兼務, duty 仕事, duty_days 当番の曜日,
        payment 支払い方, rates 料金, rounding 端数, price 額, face_yen 額面（円）, months_valid 有効な月数, paper 紙の券, book_tickets 1冊の枚数, book_donation 1冊の寄付, insured_until 保険の終わり, card 会員証, bank 口座, courses 講座, small_count 伏せる人数, approval_required 職員の承認, hide_unverified 古い記録を外す, due_soon_days 知らせる日数, reach_km 見せる範囲（km）, privacy_note 個人情報の取り扱い, contact_name 問い合わせ先の名前, contact_phone 問い合わせ先の電話, prepaid_limit_yen 届け出が要る額, prepaid_warning_yen 知らせる額,
        boundary 境界, target 対象, requested_by 頼んだ人, token_digest リンクの要約, earliest いちばん早い時刻, latest いちばん遅い時刻, every_weeks 何週間ごと, made_until 作った日まで, rubbish_id ゴミの日, series_day 定期の日, most 上限, most_per 上限の期間, least_kinds 種類の数, below_percent 少ないときの割合
        """;

    private static readonly Dictionary<string, string> ByField = Words.ReplaceLineEndings(" ").Split(", ", StringSplitOptions.TrimEntries).Select(pair => pair.Trim(' ', ',').Split(' ', 2)).ToDictionary(pair => pair[0], pair => pair[1].Trim());

    /// <param name="field">As it is kept: <c>due_on</c>, or <c>feeYen</c> inside a record's content.</param>
    public static string Of(string field) => ByField.GetValueOrDefault(SnakeCase.From(field), field);
}
