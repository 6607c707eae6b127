using Microsoft.AspNetCore.Mvc.ModelBinding;
using Sasaeai.Data;
using Sasaeai.Features.Areas;
using Sasaeai.Features.Categories;
using Sasaeai.Features.Records;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Japanese;

namespace Sasaeai.Tests.Features.Records;

public class ResourceFormTests
{
    private static readonly Guid Block = Guid.NewGuid(), Zone = Guid.NewGuid(), Organization = Guid.NewGuid();

    private static readonly ResourceContent Full = new()
    {
        Name = "ひだまりサロン", Kana = "ヒダマリサロン", CommonName = "ひだまり", Viewpoint = Viewpoint.Place, Categories = ["1301", "1001"], ServiceKind = "601",
        OrganizationId = Organization, OperatorName = "本町自治会", Description = "お茶を飲みます。\n歌も歌います。", Venue = "集会所", PostalCode = "001-0001", Address = "本町一丁目2-3",
        Building = "2階", AddressDetail = AddressDetail.Block, BlockId = Block, Lat = 36.123456, Lng = 139.5, Access = "駅から5分", Parking = "3台", BarrierFree = ["01"], VisitAreas = [Zone],
        Schedule = ScheduleReader.Read("毎週火曜 10:00〜11:30、第3土曜 午後。月によって変わることがあります").Schedule with { Closures = [new(new(2026, 8, 13), new(2026, 8, 15), "お盆"), new(new(2026, 12, 1), null, null)] },
        ForWhom = "だれでも", Capacity = 20, Availability = Availability.Ask, AvailabilityUntil = new(2026, 12, 31), FeeKind = "2", FeeYen = 100, FeeNote = "お茶代", HowToJoin = "電話で",
        Phone = new() { Value = "000-0000-0001", Publish = true }, Fax = new() { Value = "000-0000-0002" }, Email = new() { Value = "a@example.jp" }, Person = new() { Value = "見本 花子", Publish = true },
        Url = "https://www.example.jp/", Tags = ["お茶", "歌"], Source = "一覧", Audience = Audience.Professionals, ConsentedOn = new(2026, 4, 1), Note = "メモ",
    };

    [Fact]
    public void An_untouched_form_gives_back_the_content_as_it_was()
    {
        var errors = new ModelStateDictionary();

        Assert.Equal(Full, ResourceForm.Of(Full).Read(Full, Lists(), errors));
        Assert.True(errors.IsValid, string.Join('\n', errors.SelectMany(field => field.Value!.Errors).Select(error => error.ErrorMessage)));
    }

    [Fact]
    public void An_operator_changes_nothing_that_only_staff_keep()
    {
        var form = ResourceForm.Of(Full);
        (form.Name, form.Note, form.Audience, form.Categories, form.ConsentedOn, form.Source, form.BlockId) = ("新しい名前", "書きかえ", Audience.Public, [], null, null, null);

        Assert.Equal(Full with { Name = "新しい名前" }, form.Read(Full, Lists(), new(), Editor.Operator));
    }

    [Fact]
    public void A_group_changes_nothing_that_staff_decide()
    {
        var form = ResourceForm.Of(Full);
        (form.Venue, form.Note, form.Audience, form.ConsentedOn) = ("公民館", "書きかえ", Audience.Public, null);

        Assert.Equal(Full with { Venue = "公民館" }, form.Read(Full, Lists(), new(), Editor.Group));
    }

    [Fact]
    public void The_block_is_found_from_the_address()
    {
        var form = new ResourceForm { Name = "会", Categories = ["1001"], Address = "本町1-2-3" };

        Assert.Equal(Block, form.Read(new(), Lists(), new()).BlockId);
    }

    [Theory]
    [InlineData("きのう", null, "Form.Closures[0].From")]
    [InlineData("R8.8.13", "R8.8.12", "Form.Closures[0].To")]
    public void A_closure_that_cannot_be_read_is_told_at_its_box(string from, string? to, string key)
    {
        var errors = new ModelStateDictionary();
        new ResourceForm { Name = "会", Categories = ["1001"], Closures = [new() { From = from, To = to }] }.Read(new(), Lists(), errors);

        Assert.Equal([key], errors.Keys);
    }

    [Fact]
    public void Codes_and_ids_of_nowhere_and_script_addresses_are_refused()
    {
        var errors = new ModelStateDictionary();
        new ResourceForm { Name = "会", Categories = ["9999"], OrganizationId = Guid.NewGuid(), BlockId = Zone, VisitAreas = [Guid.NewGuid()], FeeKind = "x", Url = "javascript:alert(1)" }.Read(new(), Lists(), errors);

        Assert.Equal(["BlockId", "Categories", "FeeKind", "OrganizationId", "Url", "VisitAreas"], errors.Keys.Select(key => key["Form.".Length..]).Order());
    }

    [Fact]
    public void Every_field_of_the_content_has_a_label() =>
        Assert.Equal(typeof(ResourceContent).GetProperties().Where(property => property.Name != "EqualityContract").Select(property => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(),
            ResourceFields.All.Select(known => known.Key).Order());

    [Fact]
    public void What_two_people_changed_is_merged_field_by_field() =>
        Assert.Equal(Full with { Venue = "公民館", ForWhom = "75歳以上", Capacity = 30 },
            ResourceFields.Merge(Full, Full with { Venue = "公民館", Capacity = 10 }, Full with { ForWhom = "75歳以上", Capacity = 30 }));

    private static TownLists Lists()
    {
        var areas = new[] { new Area { Id = Block, Code = "B", Kind = AreaKind.Block, Name = "本町一丁目" }, new Area { Id = Zone, Code = "Z", Kind = AreaKind.LivingArea, Name = "第1圏域" } };
        var today = new DateOnly(2026, 11, 21);
        return new(new AreaTree(areas, [], today), [new() { Code = "1001", Name = "サロン" }, new() { Code = "1301", Name = "ゴミ出し" }],
            [new() { List = CodeList.ServiceKind, Code = "601", Name = "助け合い" }, new() { List = CodeList.FeeKind, Code = "2", Name = "有料" }, new() { List = CodeList.BarrierFree, Code = "01", Name = "車いす" }],
            new() { [Organization] = "本町自治会" }, new TownRule(), new Municipality { Code = "000000", Slug = "x", Name = "見本市", Prefecture = "見本県" }, today, new Holidays(new Dictionary<DateOnly, string>()));
    }
}
