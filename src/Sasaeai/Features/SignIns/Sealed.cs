using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Sasaeai.Features.SignIns;

/// <summary>Protected text that came back from a browser.</summary>
public static class Sealed
{
    /// <summary>False when the text is not ours, was changed, or is too old.</summary>
    public static bool TryOpen(IDataProtector protector, string sealedText, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = protector.Unprotect(sealedText);
            return true;
        }
        catch (CryptographicException)
        {
            text = null;
            return false;
        }
    }
}
