using Attractor.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Attractor.Cli.Tests;

/// <summary>Kinds of models that the environment names: the example of one, built as a package, trained by the command.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Variable = "ATTRACTOR_PACKAGES";

    private readonly TemporaryFolder _folder = new();

    public PackageTests() => _folder.WriteData();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_command_trains_and_asks_a_kind_of_a_package()
    {
        string package = Build("linear.dll", Example());

        Outcome trained = Run(package, "train", "linear", "data.npy", "--ridge", "0.01", "-o", "RUN").Succeeds();

        Assert.StartsWith("RUN: squared error ", trained.Output, StringComparison.Ordinal);
        Assert.Contains("\"ridge\": 0.01", File.ReadAllText(_folder.File("RUN/config.json")), StringComparison.Ordinal);
        Assert.Equal(2, Run(package, "lyapunov", "RUN", "--spectrum", "--steps", "200", "--json").Succeeds().Json
            .GetProperty("spectrum_per_step").GetArrayLength());
        Run(package, "generate", "RUN", "--steps", "50", "-o", "orbit.npy").Succeeds();
        Assert.Equal(50, Data.SeriesFile.Read(_folder.File("orbit.npy")).Length);
        Assert.Contains("--ridge", Run(package, "train", "linear", "--help").Succeeds().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_package_there_is_no_such_kind()
        => Command.RunProcess(_folder.Path, "train", "linear", "data.npy", "-o", "RUN").IsBadInput("linear");

    [Fact]
    public void A_package_that_is_not_there_or_is_none_is_refused_by_name()
    {
        File.WriteAllText(_folder.File("text.dll"), "no assembly");

        Run("missing.dll", "systems").IsBadInput(Variable, "missing.dll", "not there");
        Run("text.dll", "systems").IsBadInput(Variable, "text.dll", "no package");
    }

    [Fact]
    public void A_kind_that_cannot_be_made_says_why()
    {
        string package = Build("broken.dll", CSharpSyntaxTree.ParseText("""
            using Attractor.Data;
            using Attractor.Runs;
            using System;
            using System.Collections.Generic;
            using System.Threading;

            public sealed class Broken : ModelKind
            {
                public Broken() => throw new InvalidOperationException("out of order");
                public override string Name => "broken";
                public override string Description => "";
                public override SettingsForm Settings => null!;
                public override IReadOnlyList<Capability> Capabilities => [];
                public override TrainingData Read(ModelSettings s, IProgress<TableProgress>? p, CancellationToken t) => null!;
                public override ModelTraining Prepare(ModelSettings settings, TrainingData data) => null!;
                public override IEnumerable<(string Purpose, string Command)> Uses(string run, ModelSettings settings) => [];
            }
            """));

        Run(package, "systems").IsBadInput(Variable, "broken.dll", "out of order");
    }

    private Outcome Run(string package, params string[] arguments)
        => Command.RunProcessIn(_folder.Path, new() { [Variable] = package }, arguments);

    // The example without its program: what is left is the class library that it speaks of.
    private static SyntaxTree Example()
    {
        string file = Path.Combine(RepositoryFolder.Root, "examples", "custom_kind.cs"),
            code = string.Join('\n', File.ReadLines(file).Where(l => l is not ['#', ..]));
        CompilationUnitSyntax root = CSharpSyntaxTree.ParseText("""
            global using System;
            global using System.Collections.Generic;
            global using System.IO;
            global using System.Linq;
            global using System.Threading;

            """ + code).GetCompilationUnitRoot();
        return root.WithMembers([.. root.Members.Where(m => m is not GlobalStatementSyntax)]).SyntaxTree;
    }

    private string Build(string name, SyntaxTree code)
    {
        string path = _folder.File(name);
        CSharpCompilation compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(name),
            [code],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Select(p => MetadataReference.CreateFromFile(p)),
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Diagnostic[] errors = [.. compilation.Emit(path).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
        Assert.True(errors.Length == 0, string.Join('\n', errors.Select(e => e.ToString())));
        return path;
    }
}
