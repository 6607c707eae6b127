namespace Sasaeai.Features.Forms;

public static class PlainText
{
    /// <summary>What a person wrote, without the control characters that no keyboard makes and no database keeps.</summary>
    public static string Of(string? written) => string.Concat((written ?? "").Where(c => c is '\n' or '\t' || !char.IsControl(c))).Trim();
}
