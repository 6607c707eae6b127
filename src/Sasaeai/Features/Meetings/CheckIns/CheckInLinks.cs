using Microsoft.AspNetCore.DataProtection;
using Sasaeai.Data;
using Sasaeai.Features.SignIns;

namespace Sasaeai.Features.Meetings.CheckIns;

/// <summary>The signed link of a meeting's check-in page. It names one meeting of one town, and nobody can make up another.</summary>
public sealed class CheckInLinks(IDataProtectionProvider protection, CurrentTown town)
{
    private readonly IDataProtector protector = protection.CreateProtector("Sasaeai.CheckIn");

    public string Write(Guid meetingId) => protector.Protect($"{town.Id}/{meetingId:N}");

    /// <returns>Null when the link is not ours.</returns>
    public Guid? Read(string token) =>
        Sealed.TryOpen(protector, token, out var text) && text.Split('/') is [var id, var meeting] && id == $"{town.Id}" ? Guid.ParseExact(meeting, "N") : null;
}
