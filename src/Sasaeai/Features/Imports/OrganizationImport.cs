using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Organizations;
using Sasaeai.Features.Resources;
using Sasaeai.Tables;

namespace Sasaeai.Features.Imports;

/// <summary>Brings in organizations by 団体番号. What the town changed itself stays, and the difference is told.</summary>
public sealed class OrganizationImport(AppDb db, TimeProvider time) : IImport
{
    private readonly HashSet<string> seen = [];
    private NamedCodes<Code> kinds = null!;
    private DateTimeOffset now;

    private readonly record struct Code(string Value);

    public const string Number = "団体番号", Name = "名称", Kana = "名称_カナ", CommonName = "通称", Kind = "主体種別", EstablishedOn = "設立年月日", Representative = "代表者", PublishRepresentative = "代表者公開",
        PostalCode = "郵便番号", Address = "住所", PublishAddress = "住所公開", Lat = "緯度", Lng = "経度", Phone = "電話番号", PublishPhone = "電話公開", Email = "メールアドレス", PublishEmail = "メール公開",
        Url = "URL", CorporateNumber = "法人番号", Members = "会員数", Description = "説明", Note = "備考";

    public IReadOnlyList<ColumnField> Fields { get; } =
    [
        new(Number, "NO", "ID", "番号", "管理番号", "団体コード"),
        new(Name, "団体名", "団体名称", "法人の名称", "名前"),
        new(Kana, "フリガナ", "ふりがな", "カナ", "名称カナ", "団体名カナ", "団体名フリガナ", "よみがな"),
        new(CommonName, "略称", "愛称"),
        new(Kind, "種別", "団体種別", "団体区分"),
        new(EstablishedOn, "設立日", "設立"),
        new(Representative, "代表者名", "代表"),
        new(PublishRepresentative),
        new(PostalCode),
        new(Address, "所在地", "所在地_連結表記", "事務所所在地"),
        new(PublishAddress, "住所の公開"),
        new(Lat, "latitude", "lat"),
        new(Lng, "longitude", "lng", "lon"),
        new(Phone, "電話", "TEL", "連絡先", "連絡先電話番号"),
        new(PublishPhone, "電話番号公開"),
        new(Email, "メール", "Eメール", "E-mail"),
        new(PublishEmail, "メールアドレス公開"),
        new(Url, "ホームページ", "HP"),
        new(CorporateNumber),
        new(Members, "人数", "構成員数"),
        new(Description, "活動内容", "概要", "内容"),
        new(Note, "メモ", "特記事項"),
    ];

    private static readonly Dictionary<string, string> ByProperty = new()
    {
        ["name"] = Name, ["kana"] = Kana, ["commonName"] = CommonName, ["kind"] = Kind, ["establishedOn"] = EstablishedOn, ["representative"] = Representative, ["postalCode"] = PostalCode, ["address"] = Address,
        ["lat"] = Lat, ["lng"] = Lng, ["phone"] = Phone, ["email"] = Email, ["url"] = Url, ["corporateNumber"] = CorporateNumber, ["members"] = Members, ["description"] = Description, ["note"] = Note,
    };

    public IReadOnlyList<IReadOnlyList<string>> Required => [[Number], [Name]];

    public async Task BeginAsync()
    {
        seen.Clear();
        (now, kinds) = (time.GetUtcNow(), new NamedCodes<Code>("主体種別の一覧"));
        foreach (var item in await db.CodeItems.AsNoTracking().Where(item => item.List == CodeList.OperatorKind).OrderBy(item => item.Sort).ToListAsync())
        {
            kinds.Add(new Code(item.Code), item.Code, item.Name);
        }
    }

    public async Task TakeAsync(IReadOnlyList<ImportRow> rows, bool write)
    {
        var numbers = rows.Select(row => row[Number]).ToArray();
        var existing = await (write ? db.Organizations : db.Organizations.AsNoTracking()).Where(organization => numbers.Contains(organization.Number)).ToDictionaryAsync(organization => organization.Number);
        foreach (var row in rows)
        {
            var organization = existing.GetValueOrDefault(row[Number]);
            var content = Read(row, organization?.Imported ?? organization?.Content ?? new OrganizationContent());
            if (!row.IsRefused)
            {
                row.Outcome = organization is null ? Create(row[Number], content, write) : Change(organization, row, content);
            }
        }

        if (write)
        {
            await db.SaveChangesAsync();
        }
    }

    private RowOutcome Create(string number, OrganizationContent content, bool write)
    {
        if (write)
        {
            db.Organizations.Add(new Organization(number, content, now) { Imported = content });
        }

        return RowOutcome.Created;
    }

    private RowOutcome Change(Organization organization, ImportRow row, OrganizationContent content)
    {
        var merged = ThreeWay<OrganizationContent>.Of(organization.Imported, organization.Content, content, null, false);
        foreach (var property in merged.Kept)
        {
            row.Warn(ByProperty.GetValueOrDefault(property, ""), $"団体のページで入れた値を残しました。ファイルの値のほうが正しいときは、「団体」のページで団体番号 {organization.Number} を開いて直してください。");
        }

        var changes = merged.Content != organization.Content;
        if (changes)
        {
            organization.Change(merged.Content, now);
        }

        if (organization.Imported != content)
        {
            organization.Imported = content;
        }

        return merged.Kept.Count > 0 ? RowOutcome.Kept : changes ? RowOutcome.Updated : RowOutcome.Unchanged;
    }

    private OrganizationContent Read(ImportRow row, OrganizationContent content)
    {
        if (row[Number] == "")
        {
            row.Refuse(Number, "団体番号がありません。ほかと重ならない番号を付けてください。");
        }
        else if (!seen.Add(row[Number]))
        {
            row.Refuse(Number, $"団体番号「{row[Number]}」の行が、前にもあります。どちらか1行にしてください。");
        }

        if (row[Name] is not { Length: > 0 and <= 200 })
        {
            row.Refuse(Name, "名称を200文字以内で入れてください。");
        }

        var (lat, lng) = row.Point(Lat, Lng, content.Lat, content.Lng);
        var (url, strayEmail) = row.Url(Url, content.Url);
        var members = row.Number(Members, content.Members);
        var email = Contact(row, Email, PublishEmail, content.Email, row.Email(Email, content.Email.Value));
        return content with
        {
            Name = row[Name],
            Kana = row.Text(Kana, content.Kana),
            CommonName = row.Text(CommonName, content.CommonName),
            Kind = !row.Has(Kind) ? content.Kind : row[Kind] == "" ? null : kinds.Find(row, Kind, row[Kind])?.Value,
            Description = row.Text(Description, content.Description),
            EstablishedOn = row.Date(EstablishedOn, content.EstablishedOn),
            CorporateNumber = row.Text(CorporateNumber, content.CorporateNumber),
            Members = members == 0 ? null : members,
            Representative = Contact(row, Representative, PublishRepresentative, content.Representative),
            PostalCode = row.Text(PostalCode, content.PostalCode),
            Address = Contact(row, Address, PublishAddress, content.Address),
            Lat = lat,
            Lng = lng,
            Phone = Contact(row, Phone, PublishPhone, content.Phone, row.Phone(Phone, content.Phone.Value)),
            Email = email.Value == "" && strayEmail is not null ? email with { Value = strayEmail } : email,
            Url = url,
            Note = row.Text(Note, content.Note),
        };
    }

    private static ContactField Contact(ImportRow row, string field, string publish, ContactField otherwise, string? read = null) => new()
    {
        Value = read ?? row.Text(field, otherwise.Value),
        Publish = row.Word(publish, WrittenWords.Publish, otherwise.Publish) ?? false,
    };
}
