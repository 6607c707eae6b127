using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Sasaeai.Tests;

/// <summary>Reading pages and filling forms by their labels, as a person without JavaScript would.</summary>
public static class Forms
{
    public static async Task<IDocument> GetPageAsync(this HttpClient client, string path) =>
        await ReadPageAsync(await client.GetAsync(path, TestContext.Current.CancellationToken));

    public static async Task<IDocument> ReadPageAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return await BrowsingContext.New(Configuration.Default).OpenAsync(answer => answer
            .Content(text).Address(response.RequestMessage!.RequestUri!.ToString()).Status(response.StatusCode));
    }

    /// <summary>Fills the page's form (the one in main, or the one that the button belongs to) and presses its button.</summary>
    /// <param name="answers">Label text and value; a bool ticks or unticks, a radio or checkbox of a group is named by its own label.</param>
    public static Task<IDocument> SubmitAsync(this HttpClient client, IDocument page, params (string Label, object Value)[] answers) =>
        client.PressAsync(page, null, answers);

    public static async Task<IDocument> PressAsync(this HttpClient client, IDocument page, string? button, params (string Label, object Value)[] answers) =>
        await (await client.SendAsync(page, button, answers)).ReadPageAsync();

    public static async Task<HttpResponseMessage> SendAsync(this HttpClient client, IDocument page, string? button, params (string Label, object Value)[] answers)
    {
        var buttons = page.QuerySelectorAll<IHtmlButtonElement>("main form button, main button[form]").ToList();
        var pressed = button is null ? null : buttons.FirstOrDefault(b => b.TextContent.Trim() == button) ?? throw new InvalidOperationException($"No button 「{button}」, but: {string.Join("、", buttons.Select(b => b.TextContent.Trim()))}");
        var form = pressed?.Form ?? page.QuerySelectorAll<IHtmlFormElement>("main form[method=post]").FirstOrDefault() ?? throw new InvalidOperationException("No form on: " + page.Body?.TextContent);
        foreach (var (label, value) in answers)
        {
            Fill(form, label, value);
        }

        var fields = new List<KeyValuePair<string, string>>();
        foreach (var element in form.Elements)
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } box when box.Name is not null && box.IsChecked:
                    fields.Add(new(box.Name, box.Value));
                    break;
                case IHtmlInputElement { Type: not ("checkbox" or "radio" or "file" or "submit") } input when input.Name is not null:
                    fields.Add(new(input.Name, input.Value));
                    break;
                case IHtmlTextAreaElement { Name: not null } area:
                    fields.Add(new(area.Name, area.Value));
                    break;
                case IHtmlSelectElement { Name: not null } select:
                    fields.AddRange(select.Options.Where(option => option.IsSelected).Select(option => new KeyValuePair<string, string>(select.Name, option.Value)));
                    break;
            }
        }

        if (pressed?.Name is { Length: > 0 } name)
        {
            fields.Add(new(name, pressed.Value));
        }

        var target = new Uri(new Uri(page.Url), pressed?.GetAttribute("formaction") is { Length: > 0 } action ? action : form.GetAttribute("action") ?? page.Url);
        return form.Method == "get"
            ? await client.GetAsync(target.GetLeftPart(UriPartial.Path) + "?" + await new FormUrlEncodedContent(fields).ReadAsStringAsync(), TestContext.Current.CancellationToken)
            : await client.PostAsync(target, new FormUrlEncodedContent(fields), TestContext.Current.CancellationToken);
    }

    private static void Fill(IHtmlFormElement form, string label, object value)
    {
        var labels = form.QuerySelectorAll<IHtmlLabelElement>("label").Where(l => Text(l) == label).ToList();
        var control = labels.Count == 1 ? labels[0].Control : throw new InvalidOperationException($"{labels.Count} labels 「{label}」 among: {string.Join("、", form.QuerySelectorAll("label").Select(Text))}");
        switch (control)
        {
            case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                box.IsChecked = value is not false;
                break;
            case IHtmlInputElement input:
                input.Value = value.ToString()!;
                break;
            case IHtmlTextAreaElement area:
                area.Value = value.ToString()!;
                break;
            case IHtmlSelectElement select:
                (select.Options.FirstOrDefault(option => option.Text.Trim() == value.ToString() || option.Value == value.ToString())
                    ?? throw new InvalidOperationException($"No choice 「{value}」 in 「{label}」.")).IsSelected = true;
                break;
            default:
                throw new InvalidOperationException($"「{label}」 has no control.");
        }
    }

    /// <summary>The label's words without the 必須 / 任意 mark and the hint.</summary>
    private static string Text(IElement label)
    {
        var copy = (IElement)label.Clone();
        foreach (var mark in copy.QuerySelectorAll(".required, .optional, .mark, .hint, small").ToList())
        {
            mark.Remove();
        }

        return copy.TextContent.Trim();
    }
}
