using System.Text;
using Sasaeai.Tables;

namespace Sasaeai.Tests.Tables;

public class ImportReportTests
{
    [Fact]
    public async Task A_report_reads_as_lines_and_as_a_table()
    {
        var report = new ImportReport();
        report.Count(RowOutcome.Created);
        report.Count(RowOutcome.Created);
        report.Count(RowOutcome.Kept);
        report.Count(RowOutcome.Refused);
        report.Add(new ImportProblem(5, "緯度", "139.5", "緯度と経度が逆のようです。", Severity.Refuse));
        report.Add(new ImportProblem(0, "", "", "文字コードはCP932でした。", Severity.Warn));

        Assert.Equal((2, 0, 0, 1, 1), (report.Created, report.Updated, report.Unchanged, report.Kept, report.Refused));
        Assert.Equal(
            [
                "新しく登録 2件、更新 0件、変更なし 0件、現地の確認を優先して残した 1件、取り込めない 1件",
                "［取り込めません］ 5行目「緯度」 139.5：緯度と経度が逆のようです。",
                "［確認］ 文字コードはCP932でした。",
            ],
            report.Lines());

        var file = new MemoryStream();
        await report.WriteCsvAsync(file, CsvEncoding.Utf8Bom, TestContext.Current.CancellationToken);
        Assert.Equal("行,列,値,理由,区分\r\n5,緯度,139.5,緯度と経度が逆のようです。,［取り込めません］\r\n,,,文字コードはCP932でした。,［確認］\r\n", Encoding.UTF8.GetString(file.ToArray()[3..]));
    }

    [Fact]
    public void Problems_without_end_are_counted_not_kept()
    {
        var report = new ImportReport();
        for (var row = 0; row < ImportReport.MostProblems + 7; row++)
        {
            report.Add(new ImportProblem(row, "名称", "", "名称がありません。", Severity.Refuse));
        }

        Assert.Equal((ImportReport.MostProblems, 7), (report.Problems.Count, report.ProblemsNotKept));
        Assert.EndsWith("ほかに7件あります。上のものを直して、もう一度確かめてください。", report.Lines().Last());
    }
}
