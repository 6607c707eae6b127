using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Sasaeai.Tests;

[assembly: AssemblyFixture(typeof(PatternsApp))]

namespace Sasaeai.Tests;

/// <summary>The application on a real port with its pattern pages; they need no database.</summary>
public sealed class PatternsApp : WebApplicationFactory<Program>, IAsyncLifetime
{
    public ValueTask InitializeAsync()
    {
        UseKestrel(0);
        StartServer();
        return ValueTask.CompletedTask;
    }

    public Uri UrlOf(string path) => new(ClientOptions.BaseAddress, path);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Test");
        builder.UseSetting("Logging:LogLevel:Default", "Error");
    }
}
