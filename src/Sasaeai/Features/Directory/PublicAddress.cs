using Sasaeai.Web;

namespace Sasaeai.Features.Directory;

public static class PublicAddress
{
    /// <summary>The whole address of a path inside the request's town, for paper and for other programs.</summary>
    public static Uri AddressOf(this Settings settings, HttpRequest request, string path) =>
        new($"{settings.PublicUrl ?? $"{request.Scheme}://{request.Host}"}{request.PathBase}{path}");
}
