using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sasaeai.Tests.Features.Hsds;

/// <summary>The judge is judged first: it takes the specification's own examples and refuses them when broken.</summary>
public class JsonSchemaTests
{
    [Theory]
    [InlineData("service_full", "service")]
    [InlineData("organization_full", "organization")]
    [InlineData("service_at_location_full", "service_at_location")]
    [InlineData("location", "location")]
    [InlineData("taxonomy", "taxonomy")]
    [InlineData("taxonomy_term", "taxonomy_term")]
    [InlineData("service_list", "service_page")]
    [InlineData("organization_list", "organization_page")]
    [InlineData("service_at_location_list", "service_at_location_page")]
    [InlineData("taxonomy_list", "taxonomy_page")]
    [InlineData("taxonomy_term_list", "taxonomy_term_page")]
    public void It_takes_the_examples_of_the_specification(string example, string definition) =>
        Assert.Empty(Bundle().Problems(SharedHsds.Read("examples", $"{example}.json"), definition));

    [Theory]
    [InlineData("id", "\"no uuid\"")]
    [InlineData("id", null)]
    [InlineData("name", null)]
    [InlineData("name", "7")]
    [InlineData("status", "\"open\"")]
    [InlineData("url", "\"not a uri\"")]
    [InlineData("email", "\"nobody\"")]
    [InlineData("last_modified", "\"2026-04-01\"")]
    [InlineData("minimum_age", "\"12\"")]
    [InlineData("phones", "{}")]
    [InlineData("phones", "[{\"id\":\"e7ec2e57-4540-43fa-b2c7-6be5a0ef7f42\"}]")]
    [InlineData("organization", "{\"id\":\"e7ec2e57-4540-43fa-b2c7-6be5a0ef7f42\",\"name\":\"a\"}")]
    public void It_refuses_a_broken_service(string field, string? broken)
    {
        var service = JsonNode.Parse(SharedHsds.Read("examples", "service_full.json").GetRawText())!.AsObject();
        service.Remove(field);
        if (broken is not null)
        {
            service[field] = JsonNode.Parse(broken);
        }

        Assert.NotEmpty(Bundle().Problems(JsonSerializer.SerializeToElement(service), "service"));
    }

    [Fact]
    public void It_finds_an_undeclared_field_at_any_depth_when_asked()
    {
        using var value = JsonDocument.Parse("""{"id":"e7ec2e57-4540-43fa-b2c7-6be5a0ef7f42","name":"a","status":"active","phones":[{"id":"e7ec2e57-4540-43fa-b2c7-6be5a0ef7f42","number":"1","colour":"red"}]}""");

        Assert.Empty(Bundle().Problems(value.RootElement, "service"));
        Assert.Equal(["/phones/0/colour: is not declared"], new JsonSchema(SharedHsds.Read("hsds-3.1.1-bundle.json"), onlyDeclared: true).Problems(value.RootElement, "service"));
    }

    private static JsonSchema Bundle() => new(SharedHsds.Read("hsds-3.1.1-bundle.json"));
}

/// <summary>The specification's files in the folder <c>shared</c> beside the repository; tests that need them are skipped without.</summary>
public static class SharedHsds
{
    public static JsonElement Read(params string[] parts) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(SharedData.Path(["hsds", .. parts])));
}
