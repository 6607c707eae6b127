using System.ComponentModel.DataAnnotations;

namespace Sasaeai.Features.SignIns.Codes;

/// <summary>The question for the code, on the code page or right behind the password.</summary>
public sealed class CodeForm
{
    public CodeInput Form { get; init; } = new();
    public string? Back { get; init; }
    public string? Kept { get; init; }
}

public sealed class CodeInput
{
    [Display(Name = "確認コード"), StringLength(40)]
    public string Code { get; set; } = "";
}
