namespace Sasaeai.Web;

/// <summary>The most that a request may carry, in bytes.</summary>
public static class UploadLimits
{
    public const int OrdinaryBytes = 1024 * 1024;
    public const int TableBytes = 20 * 1024 * 1024;
    public const int PhotoBytes = 8 * 1024 * 1024;
}
