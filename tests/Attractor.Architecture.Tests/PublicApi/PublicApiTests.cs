namespace Attractor.Architecture.Tests.PublicApi;

/// <summary>What users may lean on, as a text: a change of it is a line of a diff that somebody reads.</summary>
public sealed class PublicApiTests
{
    private const string Accept = "ATTRACTOR_ACCEPT_API";

    public static TheoryData<string> Libraries => [.. Repository.Libraries];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_API_is_the_one_that_was_reviewed(string assembly)
    {
        string reviewed = Path.Combine(Folder, assembly + ".txt"), received = Path.Combine(Folder, assembly + ".received.txt");
        string found = ApiText.Of(Repository.Load(assembly));
        if (Environment.GetEnvironmentVariable(Accept) is "1")
            File.WriteAllText(reviewed, found);
        string expected = File.Exists(reviewed) ? File.ReadAllText(reviewed).ReplaceLineEndings("\n") : "";
        if (found == expected)
        {
            File.Delete(received);
            return;
        }
        File.WriteAllText(received, found);
        string[] before = expected.Split('\n'), now = found.Split('\n');
        Assert.Fail(
            $"""
            The public API of {assembly} is another than the reviewed one. To accept it:
              {Accept}=1 dotnet run --project tests/Attractor.Architecture.Tests -- --filter-class "*PublicApiTests"
            or copy {received} over {assembly}.txt beside it. Without regard to their order,
            gone: {Lines(before.Except(now))}
            new: {Lines(now.Except(before))}
            """);
    }

    private static string Lines(IEnumerable<string> lines)
    {
        string[] some = [.. lines.Take(41)];
        return some.Length == 0
            ? "nothing"
            : string.Concat(some.Take(40).Select(l => "\n  " + l.Trim())) + (some.Length > 40 ? "\n  ..." : "");
    }

    private static string Folder => Path.Combine(Repository.Root, "tests", "Attractor.Architecture.Tests", "PublicApi");
}
