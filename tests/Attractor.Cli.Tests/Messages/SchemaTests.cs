using System.Text.Json;
using Attractor.Experiments;
using Attractor.Runs;
using Attractor.Tests;

namespace Attractor.Cli.Tests;

/// <summary>What the command prints under <c>--json</c> is what the published schemas say.</summary>
public sealed class SchemaTests : IDisposable
{
    private const string Network = "--sequence 20 --hidden 6 --updates 60 --seed 1";

    // In this order: later lines ask what earlier ones trained.
    private static readonly (string Schema, string Line)[] s_lines =
    [
        ("simulate", "simulate lorenz63 --steps 600 -o train.npy"),
        ("look", "look table.csv"),
        ("systems", "systems --field neuroscience"),
        ("system", "systems henon"),
        ("lyapunov", "lyapunov henon --steps 2000 --spectrum"),
        ("train", $"train clipped-shplrnn train.npy {Network} -o RUN"),
        ("train-seeds", $"train clipped-shplrnn train.npy {Network} --seeds 1..2 -o SEEDS --verdict no"),
        ("train-reservoir", "train esn train.npy --units 30 -o ESN"),
        ("train-estimate", "train esn train.npy --units 30 --estimate"),
        ("train-vae", "train vae table.csv --latent 1 --layers 4 --epochs 1 -o VAE"),
        ("train-seqvae", "train seqvae train.npy --latent 3 --window 20 --epochs 1 -o SEQ"),
        ("train-mixture", "train mixture table.csv --position a --count b --binary c --components 2 -o MIX"),
        ("train-hierarchical", "train hierarchical-shplrnn train.npy --sequence 20 --hidden 6 --updates 60 -o SUBJECTS"),
        ("evaluate-hierarchical", "evaluate SUBJECTS train.npy --lyapunov-steps 1000"),
        ("generate-hierarchical", "generate SUBJECTS --steps 20 -o orbit.npy"),
        ("train-zero-shot", ZeroShotRunTests.Train + " -o ZERO"),
        ("evaluate-zero-shot", "evaluate ZERO --context 200 --steps 500"),
        ("lyapunov-along", "lyapunov SUBJECTS --along feature:2=0..0.01 --steps 200"),
        ("evaluate", "evaluate ESN train.npy"),
        ("evaluate-counts", "evaluate COUNTS counts.csv"),
        ("evaluate-vae", "evaluate VAE --draws 1,4"),
        ("evaluate-seqvae", "evaluate SEQ --draws 1"),
        ("evaluate-mixture", "evaluate MIX"),
        ("generate", "generate RUN --steps 50 -o orbit.npy"),
        ("export", "export RUN -o model.c"),
        ("generate-vae", "generate VAE --count 5 -o rows.npy"),
        ("generate-seqvae", "generate SEQ --steps 5 -o sequence.npy"),
        ("generate-mixture", "generate MIX --count 5 -o rows.csv"),
        ("reconstruct", "reconstruct VAE -o reconstructed.npy"),
        ("interpolate", "interpolate VAE -o interpolated.npy --steps 3"),
        ("cycles", "cycles henon --max-order 2"),
        ("dimension", "dimension train.npy"),
        ("laplace", "laplace n*log(x)-x --variable x -p n=10"),
        ("reproduce", "reproduce"),
        ("error", "evaluate nowhere train.npy"),
        ("error", "train shplrnn train.npy --latnet 3"),
        ("train", $"train clipped-shplrnn train.npy {Network} --optimizer sgd --lr 1e12 --schedule constant --clip 0 -o BAD"),
    ];

    // Too long for here; their schemas are those of runs that were looked at.
    private static readonly string[] s_others =
    [
        "atlas", "demo", "embed", "estimators", "floor", "forecast", "gradients", "import", "lyapunov-data", "report", "search",
        "train-auto"
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_objects_of_all_verbs_are_as_published()
    {
        File.WriteAllText(
            _folder.File("table.csv"),
            "a,b,c\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{(i * 37 % 11) + 0.25},{i % 5},{i % 2}\n")));
        File.WriteAllText(
            _folder.File("counts.csv"),
            "a,b,c\n" + string.Concat(Enumerable.Range(0, 600).Select(i => $"{i / 7 % 5},{i / 9 % 4},{i / 11 % 3}\n")));
        // As it is not standardised it lacks a key that a network of real numbers has.
        Command.Run(
            _folder.Path,
            [.. "train shplrnn counts.csv --observation poisson --latent 2 --sequence 20 --hidden 20 --updates 40 -o COUNTS".Split(' ')])
            .Succeeds();
        List<string> wrong = [];
        foreach ((string schema, string line) in s_lines)
        {
            Outcome outcome = Command.Run(_folder.Path, [.. line.Split(' '), "--json"]);
            JsonElement answer = JsonDocument.Parse(outcome.Output).RootElement;
            Assert.Equal(outcome.Code != 0, answer.TryGetProperty("error", out _));
            wrong.AddRange(JsonSchema.Read(Published(schema)).Check(answer).Select(w => $"{line}: {w}"));
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_experiment_has_its_values_in_the_documents_and_a_link_to_them()
    {
        string readme = File.ReadAllText(Path.Combine(RepositoryFolder.Root, "README.md")),
            page = File.ReadAllText(Path.Combine(Folder, "..", "reproduce.md"));
        foreach (string name in AllExperiments.List.Where(e => e.IsOfDocument).Select(e => e.Name))
        {
            Assert.Contains($"(docs/reproduce.md#{name})", readme, StringComparison.Ordinal);
            Assert.Contains($"\n### {name}\n", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_schema_is_of_an_object_with_a_version_and_is_known_here()
    {
        string[] names = [.. Directory.EnumerateFiles(Folder, "*.schema.json").Select(f => Path.GetFileName(f).Split('.')[0]).Order()];

        Assert.Equal(s_lines.Select(l => l.Schema).Concat(s_others).Distinct().Order(), names);
        foreach (string name in names)
            Assert.Equal(
                1,
                JsonDocument.Parse(File.ReadAllText(Published(name))).RootElement.GetProperty("properties").GetProperty("schema_version")
                    .GetProperty("const").GetInt32());
    }

    [Fact]
    public void The_codes_of_errors_are_those_of_the_schema_and_of_the_page()
    {
        JsonElement codes = JsonDocument.Parse(File.ReadAllText(Published("error"))).RootElement
            .GetProperty("properties").GetProperty("error").GetProperty("properties").GetProperty("code").GetProperty("enum");
        string page = File.ReadAllText(Path.Combine(Folder, "..", "command-line.md"));

        Assert.Equal(ErrorCode.All, codes.EnumerateArray().Select(c => c.GetString()));
        Assert.All(ErrorCode.All, code => Assert.Contains($"| `{code}` | ", page, StringComparison.Ordinal));
    }

    [Fact]
    public void A_schema_notices_what_is_wrong()
    {
        JsonElement answer = JsonDocument.Parse("""{"schema_version": 2, "file": 3, "rows": 1.5, "columns": 1, "dt": null}""").RootElement;

        IReadOnlyList<string> wrong = JsonSchema.Read(Published("simulate")).Check(answer);

        Assert.Contains("$.schema_version is 2, expected 1", wrong);
        Assert.Contains("$.file is of type integer, expected string", wrong);
        Assert.Contains("$.rows is of type number, expected integer", wrong);
        Assert.Contains("$ lacks system", wrong);
    }

    private static string Folder => Path.Combine(RepositoryFolder.Root, "docs", "schemas");

    private static string Published(string name) => Path.Combine(Folder, name + ".schema.json");
}
