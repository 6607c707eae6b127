using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Members;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.HelperLinks;

/// <summary>Tells a helper by mail that there is something to see: a new link to the own page, and nothing of anybody.</summary>
public sealed class HelperNotice(AppDb db, IMail mail, Settings settings, CurrentTown town, CurrentPerson person, TimeProvider time)
{
    public bool MayMail(Member helper) => mail.IsOffered && helper.Content.Email != "";

    public string LinkOf(string token, HttpRequest request) => $"{settings.PublicUrl ?? $"{request.Scheme}://{request.Host}"}{request.PathBase}/helper/{token}";

    /// <summary>The earlier link holds until the mail with the new one is on its way.</summary>
    /// <returns>False when the mail server did not take it.</returns>
    public async Task<bool> SendAsync(HelpGroup group, Member helper, HttpRequest request)
    {
        var token = ConfirmationRequest.NewToken();
        var body = $"{group.Name}からのお知らせです。\n\n受けた活動の一覧と報告は、次のリンクから開けます。前のリンクは使えなくなりました。\n\n{LinkOf(token, request)}\n\nこのリンクは、あなただけのものです。ほかの人に送らないでください。\n";
        if (!await mail.SendAsync(helper.Content.Email, $"{town.Municipality.Name} {group.Name} 活動のお知らせ", body, request.HttpContext.RequestAborted))
        {
            return false;
        }

        await HelperLink.MakeAsync(db, group.Id, helper.Id, person.Name, time.GetUtcNow(), token);
        return true;
    }
}
