using System.Reflection;

namespace Attractor.Architecture.Tests.Layering;

/// <summary>The arrows of the house run one way: what stands on the left of the line refers to nothing on its right.</summary>
public sealed class LayeringTests
{
    // The top folders of the library, then the assemblies on it.
    private static readonly string[] s_line =
    [
        "Numerics", "Differentiation", "Probability", "Data", "Systems", "Models", "Learning", "Dynamics", "Evaluation", "Forecasting",
        "Storage",
        "Attractor.Reports", "Attractor.Runs", "Attractor.Experiments", "Attractor.Studio", "Attractor.Cli",
    ];

    private static readonly Dictionary<string, Declarations> s_declarations = Repository.Assemblies.ToDictionary(
        a => a, a => new Declarations(a));
    private static readonly Lazy<List<Reference>> s_references = new(() => [.. Repository.Assemblies.SelectMany(Read)]);

    // The library's own folders stand on the line, and cannot.
    public static TheoryData<string> Upper =>
        ["Attractor.Reports", "Attractor.Runs", "Attractor.Experiments", "Attractor.Studio", "Attractor.Cli"];

    [Fact]
    public void No_reference_runs_against_the_line()
        => AssertNone(
            s_references.Value.Where(r => Array.IndexOf(s_line, r.FromPlace) < Array.IndexOf(s_line, r.ToPlace)),
            "runs against the line " + string.Join(" <- ", s_line));

    [Fact]
    public void Every_type_stands_in_a_folder_of_the_line()
        => Assert.Empty(s_references.Value.Where(r => !s_line.Contains(r.FromPlace)).Select(r => $"{r.From} in {r.FromPlace}").Distinct());

    [Theory]
    [MemberData(nameof(Upper))]
    public void No_folders_of_an_assembly_refer_to_each_other_in_a_circle(string assembly)
    {
        Reference[] inside = [.. s_references.Value.Where(r => r.FromAssembly == assembly
            && r.ToAssembly == assembly && r.FromFolder != r.ToFolder && r.FromFolder != "" && r.ToFolder != "")];
        ILookup<string, string> edges = inside.ToLookup(r => r.FromFolder, r => r.ToFolder);
        Dictionary<string, HashSet<string>> reach = edges.ToDictionary(e => e.Key, e => Reach(e.Key, edges));
        AssertNone(
            inside.Where(r => reach.TryGetValue(r.ToFolder, out HashSet<string>? back) && back.Contains(r.FromFolder)),
            "closes a circle of folders");
    }

    [Fact]
    public void The_references_that_method_bodies_make_are_seen()
    {
        Assert.Contains(s_references.Value, r => r.From == "Attractor.Lyapunov" && r.ToFolder == "Numerics");
        Assert.Contains(s_references.Value, r => r.FromAssembly == "Attractor.Cli" && r.ToFolder == "Learning");
        Assert.Equal("Data", s_references.Value.First(r => r.To == "Attractor.TimeSeries").ToPlace);
    }

    private static HashSet<string> Reach(string from, ILookup<string, string> edges)
    {
        HashSet<string> reached = [];
        Stack<string> open = new(edges[from]);
        while (open.TryPop(out string? folder))
            if (reached.Add(folder))
                foreach (string next in edges[folder])
                    open.Push(next);
        return reached;
    }

    private static void AssertNone(IEnumerable<Reference> references, string what)
    {
        string[] lines = [.. references
            .Select(r => $"{r.FromPlace}/{r.FromFolder}: {r.From} -> {r.ToPlace}/{r.ToFolder}: {r.To}")
            .Distinct()
            .Order(StringComparer.Ordinal)];
        Assert.True(lines.Length == 0, $"{lines.Length} references, each of which {what}:\n{string.Join('\n', lines)}");
    }

    private static IEnumerable<Reference> Read(string assembly)
    {
        Assembly loaded = Repository.Load(assembly);
        foreach (Type type in loaded.GetTypes())
        {
            Type from = type;
            while (from.DeclaringType is { } outer)
                from = outer;
            // What the compiler makes for itself belongs to no folder.
            if (s_declarations[assembly].FolderOf(from) is not { } folder)
                continue;
            foreach (Type to in References.Of(type))
                if (to != from && to.Assembly.GetName().Name is { } target
                    && s_declarations.TryGetValue(target, out Declarations? there) && there.FolderOf(to) is { } other)
                    yield return new(assembly, folder, from.FullName!, target, other, to.FullName!);
        }
    }

    private sealed record Reference(string FromAssembly, string FromFolder, string From, string ToAssembly, string ToFolder, string To)
    {
        public string FromPlace => FromAssembly == "Attractor" ? FromFolder : FromAssembly;

        public string ToPlace => ToAssembly == "Attractor" ? ToFolder : ToAssembly;
    }

    [Fact]
    public void What_notebooks_need_is_needed_by_nothing_else()
    {
        string sources = Path.Combine(Repository.Root, "src");
        string[] locks = [.. Directory.EnumerateFiles(sources, "packages.lock.json", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains("Microsoft.DotNet.Interactive", StringComparison.Ordinal))
            .Select(f => Path.GetFileName(Path.GetDirectoryName(f)!))];

        Assert.Equal(["Attractor.Interactive"], locks);
    }
}
