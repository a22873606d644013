using System.Text;
using System.Text.Json;
using NJsonSchema;
using Packit.PackageConfig.Schema;
using Packit.PackageConfig.Yaml;

namespace Packit.PackageConfig.Tests;

/// <summary>The JSON schema says the same as the reader, as far as a schema can know it.</summary>
public sealed class SchemaTests
{
    [Fact]
    public async Task Every_valid_real_file_is_accepted_by_the_schema()
    {
        var schema = await Load();
        var refused = Corpus.Configs()
            .Where(c => c.IsAccepted)
            .Select(c => (c.Name, Errors: schema.Validate(AsJson(c.Bytes)!)))
            .Where(c => c.Errors.Count > 0)
            .Select(c => $"{c.Name}: {string.Join("; ", c.Errors.Select(e => e.ToString()))}")
            .ToList();
        Assert.True(refused.Count == 0, string.Join('\n', refused));
    }

    [Fact]
    public async Task Every_invalid_real_file_that_a_schema_can_know_is_refused_by_it()
    {
        var schema = await Load();
        var accepted = Corpus.Configs()
            .Where(c => !c.IsAccepted && AsJson(c.Bytes) is { } json && schema.Validate(json).Count == 0)
            .Select(c => c.Name)
            .ToList();
        Assert.Empty(accepted);
    }

    [Theory]
    [InlineData("jobs: [{job: tests, trigger: pull_request, branch: main, metadata: {targets: fedora-all}}]")]
    [InlineData("jobs: [{job: tests, trigger: pull_request, metadata: {files_to_sync: []}}]")]
    [InlineData("jobs: [{job: tests}]")]
    [InlineData("jobs: [{job: tests, trigger: release | never}]")]
    [InlineData("jobs: {job: tests, trigger: release}")]
    [InlineData("sync_changelog: perhaps")]
    [InlineData("upstream_tag_template: 1.0")]
    [InlineData("pkg_tool: rpkg")]
    [InlineData("actions: {pre-synch: make}")]
    [InlineData("sources: [{path: a}]")]
    [InlineData("dist_git_branches: {f43: {into: [f42]}}")]
    [InlineData("files_to_sync: [{src: a}]")]
    [InlineData("packages: {}")]
    public async Task Schema_and_reader_refuse_the_same(string yaml)
    {
        Assert.False(Yaml.Read(yaml).IsValid);
        Assert.NotEmpty((await Load()).Validate(AsJson(Encoding.UTF8.GetBytes(yaml))!));
    }

    [Theory]
    [InlineData("jobs: []")]
    [InlineData("jobs: [{job: tests, trigger: ' release |pull_request'}]")]
    [InlineData("sync_changelog: 'yes'")]
    [InlineData("spec_source_id: 1")]
    [InlineData("dist_git_branches: {f43: {}, rawhide: {fast_forward_merge_into: [f43]}}")]
    [InlineData("actions: {pre-sync: [[make, all], 'make install'], fix-spec-file: }")]
    [InlineData("_: {anything: [at, all]}")]
    [InlineData("parse_time_macros: {fedora: '43', rhel: }")]
    public async Task Schema_and_reader_accept_the_same(string yaml)
    {
        Assert.Empty((await Load()).Validate(AsJson(Encoding.UTF8.GetBytes(yaml))!));
        Assert.True(Yaml.Read(yaml).IsValid);
    }

    [Fact]
    public void Every_key_has_a_description_for_editors()
    {
        var definitions = JsonDocument.Parse(PackageConfigSchema.Json()).RootElement.GetProperty("definitions");
        foreach (var key in SettingKeys.All)
        {
            Assert.NotEmpty(definitions.GetProperty(key.Name).GetProperty("description").GetString()!);
        }
    }

    private static Task<JsonSchema> Load() => JsonSchema.FromJsonAsync(PackageConfigSchema.Json());

    /// <returns>Null for what is no YAML.</returns>
    private static string? AsJson(byte[] yaml)
    {
        var problems = new ProblemList();
        var root = YamlReader.Read(yaml, problems);
        if (root is null)
        {
            return problems.HasErrors ? null : "{}";
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            YamlValues.Convert(root).WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
