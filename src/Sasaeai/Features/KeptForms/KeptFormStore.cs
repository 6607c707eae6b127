using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Sasaeai.Data;
using Sasaeai.Features.SignIns;

namespace Sasaeai.Features.KeptForms;

/// <summary>
/// Keeps a form whose session was lost inside the sign-in page itself, sealed for an hour: nothing is stored on the
/// server for somebody who is not signed in, and nothing typed is in an address.
/// </summary>
public sealed class KeptFormStore(IDataProtectionProvider protection, IModelMetadataProvider metadata, CurrentTown town)
{
    private const int LongestText = 100_000;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private ITimeLimitedDataProtector Protector => field ??= protection.CreateProtector("Sasaeai.KeptForm").ToTimeLimitedDataProtector();

    /// <summary>The form that this request brought without a session, sealed.</summary>
    public string? OfThisRequest { get; private set; }

    public async Task<bool> KeepAsync(HttpContext context)
    {
        OfThisRequest = await ReadAsync(context) is { } form ? Protector.Protect(JsonColumn.Write(form), Longest) : null;
        return OfThisRequest is not null;
    }

    /// <summary>The form, unless the text is too old, changed, or another town's.</summary>
    public KeptForm? Open(string? sealedText) =>
        sealedText is not null && Sealed.TryOpen(Protector, sealedText, out var text) && JsonColumn.Read<KeptForm>(text) is { } form && form.Town == town.Id ? form : null;

    /// <summary>The page that shows what will be sent, and sends it to where it was meant to go.</summary>
    public ViewResult Show(KeptForm form, int status) => new()
    {
        ViewName = "/Features/KeptForms/KeptForm.cshtml",
        StatusCode = status,
        ViewData = new ViewDataDictionary<KeptForm>(metadata, new ModelStateDictionary()) { Model = form },
    };

    /// <summary>The form of a request, or null if it holds a file or a password, is too long, or was sent by another site.</summary>
    public async Task<KeptForm?> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!town.IsSet || !HttpMethods.IsPost(request.Method) || !request.HasFormContentType || !IsFromHere(request)
            || context.GetEndpoint()?.Metadata.GetMetadata<CompiledPageActionDescriptor>() is not { ModelTypeInfo: { } model })
        {
            return null;
        }

        var sent = await request.ReadFormAsync(context.RequestAborted);
        var fields = (from field in sent
                      where field.Key != "__RequestVerificationToken"
                      from value in field.Value
                      let question = Question(model, field.Key)
                      select (IsPassword: question?.DataTypeName == "Password", Field: new KeptField(field.Key, value, Label(model, field.Key), Shown(question, value)))).ToList();
        return sent.Files.Any(file => file.Length > 0) || fields.Any(field => field.IsPassword) || fields.Sum(field => field.Field.Name.Length + field.Field.Value.Length) > LongestText
            ? null
            : new KeptForm(town.Id, $"{request.PathBase}{request.Path}{request.QueryString}", [.. fields.Select(field => field.Field)]);
    }

    /// <summary>Another site must not put words into somebody's mouth and have them sent after signing in.</summary>
    private static bool IsFromHere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site ? site == "same-origin"
        : request.Headers.Origin is not { Count: > 0 } origin || Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value;

    private ModelMetadata? Question(Type model, string name) => Path(model, name).LastOrDefault();

    private string? Label(Type model, string name) => Path(model, name).LastOrDefault(part => part?.DisplayName is not null)?.DisplayName;

    /// <summary>Page model, 「Form」, 「Since」, 「Year」 for the field Form.Since.Year; ends in null where the model does not know the name.</summary>
    private List<ModelMetadata?> Path(Type model, string name)
    {
        var path = new List<ModelMetadata?> { metadata.GetMetadataForType(model) };
        foreach (var part in name.Split('.'))
        {
            var next = path[^1]?.Properties.FirstOrDefault(property => string.Equals(property.BinderModelName ?? property.PropertyName, part.Split('[')[0], StringComparison.OrdinalIgnoreCase));
            path.Add(part.Contains('[', StringComparison.Ordinal) ? next?.ElementMetadata : next);
        }

        return path;
    }

    private static string? Shown(ModelMetadata? question, string value)
    {
        var type = question?.ElementMetadata?.UnderlyingOrModelType ?? question?.UnderlyingOrModelType;
        return type == typeof(bool) ? value == "true" ? "はい" : null
            : type is { IsEnum: true } ? (question!.ElementMetadata ?? question).EnumGroupedDisplayNamesAndValues!.FirstOrDefault(choice => choice.Value == value || (question.ElementMetadata ?? question).EnumNamesAndValues!.TryGetValue(value, out var number) && number == choice.Value).Key.Name ?? value
            : Guid.TryParse(value, out _) ? null
            : value;
    }
}
