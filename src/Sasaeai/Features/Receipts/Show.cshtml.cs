using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;

namespace Sasaeai.Features.Receipts;

/// <summary>
/// 「受け付けました」 with the number. Found by the record's id, so that a form sent twice leads here as well; only for
/// half an hour, so that the address in a shared computer's history tells nothing.
/// </summary>
[AllowAnonymous]
public class ShowModel(AppDb db, TimeProvider time) : PageModel
{
    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(30);

    public Receipt Receipt { get; private set; } = null!;

    public async Task OnGetAsync(Guid id)
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        Receipt = await Receipt.FindAsync(db, id) is { } receipt && time.GetUtcNow() - receipt.SentAt < Shown ? receipt : throw new NotFoundException();
    }
}
