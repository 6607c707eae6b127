namespace Sasaeai.Tests;

public class SmokeTests
{
    [Fact]
    public void Tests_run() => Assert.NotNull(typeof(Program).Assembly);
}
