namespace Sasaeai.Features;

/// <summary>A rule of the domain, with the sentence that the person using the page is told.</summary>
public class RuleBrokenException(string message, Exception? reason = null) : Exception(message, reason);

/// <summary>What the address names does not exist, or belongs to another town.</summary>
public class NotFoundException : Exception;

/// <summary>The record exists in this town, but the signed-in person may not do this with it.</summary>
public class ForbiddenException(string message = "この操作をする権限がありません。担当の職員にお問い合わせください。") : Exception(message);

public static class Rule
{
    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new RuleBrokenException(otherwise);
        }
    }
}
