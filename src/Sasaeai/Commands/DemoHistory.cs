using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Resources.Schedules;
using Sasaeai.Features.Voices;

namespace Sasaeai.Commands;

/// <summary>Work in progress for the demo town's queues: proposals, reports, voices and letters that wait for somebody.</summary>
public static class DemoHistory
{
    public static async Task AddAsync(AppDb db, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var resources = await db.Resources.Where(resource => new[] { "R0001", "R0003", "R0004", "R0005", "R0006", "R0008", "R0009" }.Contains(resource.Number)).ToDictionaryAsync(resource => resource.Number);
        var staff = await db.Accounts.ToDictionaryAsync(account => account.Email);

        void Propose(string number, int daysAgo, RevisionSource source, string? email, string name, string note, VerificationWay? how, Func<ResourceContent, ResourceContent> change) => db.Revisions.Add(new Revision
        {
            ResourceId = resources[number].Id, BaseVersion = resources[number].Version, Content = change(resources[number].Content), Source = source, VerifiedHow = how,
            AccountId = email is null ? null : staff[email].Id, ByName = email is null ? name : staff[email].Name, Note = note, CreatedAt = now.AddDays(-daysAgo),
        });

        Propose("R0001", 1, RevisionSource.Staff, "sc-chuo@mihon.example.jp", "", "電話で聞き取り。茶菓代が変わったとのこと。", VerificationWay.Phone, content => content with { FeeYen = 150 });
        Propose("R0003", 3, RevisionSource.Operator, null, Actor.Operator.Name, "春から始まりを早めます。", VerificationWay.Operator, content => content with { Schedule = ScheduleReader.Read("第2・第4木曜 13:00〜15:00(祝日は休み)").Schedule });
        Propose("R0005", 5, RevisionSource.Staff, "sc-chuo@mihon.example.jp", "", "見学に行き、定員がふえたことを確かめた。", VerificationWay.Visit, content => content with { Capacity = 28, Availability = Availability.Open, AvailabilityUntil = time.Today().AddDays(60) });
        Propose("R0009", 8, RevisionSource.Import, "shokuin@mihon.example.jp", "", "取り込んだファイルと違う項目：利用料", null, content => content with { FeeYen = 300 });

        void Report(string number, int daysAgo, string text, string? contact)
        {
            var report = new MistakeReport { ResourceId = resources[number].Id, Receipt = $"M{now.AddDays(-daysAgo):yyMMdd}-{number[1..]}", Text = text, CreatedAt = now.AddDays(-daysAgo) };
            if (contact is not null)
            {
                report.AskBackAt(contact);
            }

            db.MistakeReports.Add(report);
        }

        Report("R0004", 1, "先月行ったら、会館の工事で場所が隣の集会所に変わっていました。貼り紙がありました。", null);
        Report("R0006", 2, "電話番号にかけてもつながりません。", "0999-30-0001");
        Report("R0008", 6, "今は第1金曜だけだと聞きました。", null);

        var areas = await db.Areas.Where(area => area.Layer == 2).ToDictionaryAsync(area => area.Code, area => area.Id);
        var voices = new (int DaysAgo, VoiceSource Source, string Area, string Category, string Text)[]
        {
            (0, VoiceSource.PublicForm, "K4", "1301", "坂の下の集積所まで、ゴミを運ぶのがつらくなりました。週に一度でも手伝ってもらえると助かります。"),
            (2, VoiceSource.UnmetSearch, "K5", "1402", "歩いて行ける店がなくなりました。移動販売に来てほしいです。"),
            (4, VoiceSource.PublicForm, "K2", "1602", "夫を亡くしてから、一日だれとも話さない日があります。話し相手になってくれる人はいますか。"),
            (9, VoiceSource.PublicForm, "K3", "1501", "病院へ行くバスが減って困っています。"),
            (15, VoiceSource.UnmetSearch, "K1", "1203", "夜に集まれる囲碁の会をさがしましたが、見つかりませんでした。"),
        };
        foreach (var (number, voice) in voices.Index())
        {
            db.Voices.Add(new Voice { Receipt = $"V{now.AddDays(-voice.DaysAgo):yyMMdd}-{number + 1:00}", Source = voice.Source, Text = voice.Text, AreaId = areas[voice.Area], CategoryCode = voice.Category, CreatedAt = now.AddDays(-voice.DaysAgo) });
        }

        foreach (var (number, daysAgo, how) in new[] { ("R0004", 10, SentHow.Letter), ("R0008", 12, SentHow.Letter), ("R0009", 4, SentHow.Mail) })
        {
            db.ConfirmationRequests.Add(new ConfirmationRequest
            {
                ResourceId = resources[number].Id, TokenDigest = ConfirmationRequest.Digest(ConfirmationRequest.NewToken()), SentHow = how,
                SentAt = now.AddDays(-daysAgo), SentBy = staff["sc-chuo@mihon.example.jp"].Name, ExpiresAt = now.AddDays(30 - daysAgo),
            });
        }

        await db.SaveChangesAsync();
    }
}
