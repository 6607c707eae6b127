using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Sasaeai.Features.Imports;

namespace Sasaeai.Tests.Features.Imports;

/// <summary>Bringing a file into a town: as the command line does, and on the pages.</summary>
internal static class ImportFiles
{
    public static Task<ImportResult> ImportAsync(this Town town, string noun, string text, ImportOptions? options = null) =>
        town.ImportAsync(noun, Encoding.UTF8.GetBytes(text), $"{noun}.csv", options);

    /// <summary>As the command: a refused file is rolled back.</summary>
    public static async Task<ImportResult> ImportAsync(this Town town, string noun, byte[] bytes, string fileName, ImportOptions? options = null)
    {
        ImportResult? result = null;
        await Sasaeai.Commands.TownCommand.RunAsync(town.App.Services, town.Slug, async services =>
        {
            using var file = new MemoryStream(bytes);
            result = await ActivatorUtilities.CreateInstance<ImportRun>(services).RunAsync(noun, ImportNouns.Of(noun, services), file, fileName, options ?? new ImportOptions());
            return result.Written ? Sasaeai.Commands.CommandLine.Done : Sasaeai.Commands.CommandLine.Refused;
        });
        return result!;
    }

    public static async Task<HttpResponseMessage> UploadAsync(this HttpClient client, string noun, byte[] bytes, string fileName)
    {
        var page = await client.GetPageAsync("imports/new");
        using var form = new MultipartFormDataContent { { new StringContent(noun), "Form.Noun" } };
        foreach (var hidden in page.QuerySelectorAll<IHtmlInputElement>("main form input[type=hidden]"))
        {
            form.Add(new StringContent(hidden.Value), hidden.Name!);
        }

        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "Form.File", fileName);
        return await client.PostAsync("imports/new", form, TestContext.Current.CancellationToken);
    }

    public static async Task<IDocument> UploadAsync(this HttpClient client, string noun, string text) =>
        await (await client.UploadAsync(noun, Encoding.UTF8.GetBytes(text), $"{noun}.csv")).ReadPageAsync();
}
