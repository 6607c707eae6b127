using Sasaeai.Tables;

namespace Sasaeai.Features.Imports;

/// <summary>The columns of a table of resources, with the names under which towns, open data and 介護サービス情報公表 carry them.</summary>
public static class ResourceColumns
{
    public const string Number = "管理番号", Name = "名称", Kana = "名称_カナ", CommonName = "通称", Viewpoint = "観点", Category = "分類", ServiceKind = "サービス類型",
        OrganizationNumber = "実施主体番号", Operator = "実施主体", Description = "説明", Venue = "場所名称", PostalCode = "郵便番号", Address = "住所", Building = "方書",
        Lat = "緯度", Lng = "経度", Access = "アクセス方法", Parking = "駐車場", BarrierFree = "バリアフリー情報", VisitAreas = "活動範囲", Schedule = "開催日", Closures = "休止",
        ForWhom = "対象者", Capacity = "定員", Availability = "空き状況", AvailabilityUntil = "空き状況の期限", FeeKind = "利用料区分", Fee = "利用料", FeeNote = "利用料の補足",
        HowToJoin = "申込方法", Phone = "電話番号", PublishPhone = "電話公開", Fax = "FAX番号", PublishFax = "FAX公開", Email = "メールアドレス", PublishEmail = "メール公開", Url = "URL",
        Person = "担当者", PublishPerson = "担当者公開", Tags = "タグ", Source = "情報源", Audience = "公開範囲", AddressDetail = "住所の公開", ConsentedOn = "掲載同意日",
        VerifiedOn = "最終確認日", VerifiedHow = "確認方法", Note = "備考", State = "掲載状態";

    // Of open data and public registers only.
    public const string TownCode = "都道府県コード又は市区町村コード", Prefecture = "都道府県名", Town = "市区町村名", Weekdays = "利用可能曜日", Starts = "開始時間", Ends = "終了時間",
        TimeNote = "利用可能日時特記事項", FirstDay = "開始日", LastDay = "終了日", CareNumber = "事業所番号", CareKind = "サービスの種類", CareServices = "実施サービス", Extension = "内線番号", PoiCode = "POIコード";

    public static readonly IReadOnlyList<ColumnField> All =
    [
        new(Number, "NO", "ID", "番号", "整理番号", "資源番号", "登録番号"),
        new(Name, "資源名", "活動名", "活動名称", "サービス名", "施設名", "施設名称", "事業所名", "事業所名称", "介護サービス事業所名称", "イベント名", "名前", "サロン名", "団体・活動名"),
        new(Kana, "フリガナ", "ふりがな", "カナ", "名称カナ", "名称かな", "名称フリガナ", "名称ふりがな", "よみがな", "読み", "介護サービス事業所名称_カナ", "イベント名_カナ", "事業所名カナ", "施設名カナ"),
        new(CommonName, "名称_通称", "愛称", "略称"),
        new(Viewpoint, "資源の観点", "資源区分"),
        new(Category, "カテゴリ", "カテゴリー", "分類コード", "分類名", "種別", "活動分類", "ジャンル"),
        new(ServiceKind, "類型", "事業類型", "サービス種別"),
        new(OrganizationNumber, "団体番号", "実施主体コード"),
        new(Operator, "団体名", "団体名称", "運営団体", "運営主体", "実施団体", "主催者", "主催", "法人の名称", "法人名"),
        new(Description, "内容", "活動内容", "概要", "サービス内容", "紹介文"),
        new(Venue, "会場", "会場名", "開催場所", "場所", "活動場所", "拠点名"),
        new(PostalCode, "郵便番号7桁"),
        new(Address, "所在地", "所在地_連結表記", "会場住所", "開催場所住所", "場所の住所"),
        new(Building, "建物名", "建物名等", "方書(ビル名等)", "住所2", "所在地_建物名等"),
        new(Lat, "latitude", "lat"),
        new(Lng, "longitude", "lng", "lon"),
        new(Access, "アクセス", "交通", "交通手段"),
        new(Parking, "駐車場情報", "駐車場の有無"),
        new(BarrierFree, "バリアフリー", "設備"),
        new(VisitAreas, "対象地域", "訪問地域", "提供地域", "提供エリア", "活動エリア", "圏域"),
        new(Schedule, "曜日時間", "曜日・時間", "開催日時", "日時", "活動日", "活動日時", "実施日時", "開催曜日時間", "スケジュール", "営業時間", "利用可能日時"),
        new(Closures, "休止期間"),
        new(ForWhom, "対象", "利用対象", "参加対象"),
        new(Capacity, "募集人数"),
        new(Availability, "受入状況", "空き"),
        new(AvailabilityUntil, "空き状況期限"),
        new(FeeKind, "料金区分", "費用区分", "有料無料の別"),
        new(Fee, "費用", "料金", "料金(基本)", "参加費", "会費", "金額", "利用者負担"),
        new(FeeNote, "料金(詳細)", "費用の補足", "料金備考"),
        new(HowToJoin, "参加申込方法", "利用方法", "参加方法", "申し込み方法", "申込み方法"),
        new(Phone, "電話", "TEL", "連絡先電話番号", "連絡先電話", "連絡先", "問合せ先電話番号", "問い合わせ先電話番号"),
        new(PublishPhone, "電話番号公開", "電話番号の公開"),
        new(Fax, "FAX", "ファックス"),
        new(PublishFax, "FAX番号公開"),
        new(Email, "メール", "Eメール", "E-mail", "mail"),
        new(PublishEmail, "メールアドレス公開"),
        new(Url, "ホームページ", "HP", "ウェブサイト", "ホームページアドレス"),
        new(Person, "連絡先名称", "代表者", "代表者名", "担当者名", "世話人"),
        new(PublishPerson, "代表者公開"),
        new(Tags, "キーワード"),
        new(Source, "出典"),
        new(Audience, "公開区分"),
        new(AddressDetail, "住所公開"),
        new(ConsentedOn, "同意日", "公開同意日", "掲載同意", "公開同意", "掲載の同意"),
        new(VerifiedOn, "確認日", "情報確認日", "最終確認年月日"),
        new(VerifiedHow, "確認手段"),
        new(Note, "特記事項", "メモ"),
        new(State, "状態"),
        new(TownCode, "都道府県コード又は市町村コード", "全国地方公共団体コード", "市区町村コード", "市町村コード", "自治体コード"),
        new(Prefecture, "都道府県", "所在地_都道府県"),
        new(Town, "市町村名", "市区町村", "市町村", "所在地_市区町村"),
        new(Weekdays, "曜日", "開催曜日", "営業日", "実施曜日"),
        new(Starts, "開始時刻"),
        new(Ends, "終了時刻"),
        new(TimeNote, "利用可能曜日特記事項", "開始日時特記事項", "日時備考"),
        new(FirstDay, "開催開始日"),
        new(LastDay, "開催終了日"),
        new(CareNumber, "介護保険事業所番号"),
        new(CareKind),
        new(CareServices),
        new(Extension, "連絡先内線番号"),
        new(PoiCode),
    ];

    /// <summary>Which field of the record a column fills, for telling what was kept.</summary>
    public static readonly IReadOnlyDictionary<string, string> ByProperty = new Dictionary<string, string>
    {
        ["name"] = Name, ["kana"] = Kana, ["commonName"] = CommonName, ["viewpoint"] = Viewpoint, ["categories"] = Category, ["serviceKind"] = ServiceKind, ["organizationId"] = OrganizationNumber,
        ["operatorName"] = Operator, ["description"] = Description, ["venue"] = Venue, ["postalCode"] = PostalCode, ["address"] = Address, ["building"] = Building, ["addressDetail"] = AddressDetail,
        ["access"] = Access, ["parking"] = Parking, ["barrierFree"] = BarrierFree, ["visitAreas"] = VisitAreas, ["schedule"] = Schedule, ["forWhom"] = ForWhom, ["capacity"] = Capacity,
        ["availability"] = Availability, ["availabilityUntil"] = AvailabilityUntil, ["feeKind"] = FeeKind, ["feeYen"] = Fee, ["feeNote"] = FeeNote, ["howToJoin"] = HowToJoin, ["phone"] = Phone,
        ["fax"] = Fax, ["email"] = Email, ["person"] = Person, ["url"] = Url, ["tags"] = Tags, ["source"] = Source, ["audience"] = Audience, ["consentedOn"] = ConsentedOn, ["note"] = Note,
    };
}
