using System.Diagnostics;
using System.Globalization;
using System.Text;
using Attractor.Models;
using Attractor.Storage;

namespace Attractor.Tests.Storage;

/// <summary>The source compiles without a warning, and its program runs as the model does.</summary>
public sealed class CSourceTests : IDisposable
{
    private const int Driven = 4, Steps = 12;

    private readonly string _folder = Directory.CreateTempSubdirectory("attractor-export-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(ExportPrecision.Double, 1e-10)]
    [InlineData(ExportPrecision.Single, 1e-3)]
    public void Compiled_models_run_as_the_models(ExportPrecision precision, double tolerance)
    {
        if (!File.Exists("/usr/bin/cc"))
            Assert.Skip("there is no C compiler");
        string[] names = [.. ExportedModels.Names.Where(n => n != "driven")];
        StringBuilder main = new("#include <stdio.h>\n#include <string.h>\n");
        foreach (string name in names)
        {
            string id = CSource.Identifier(name);
            using StreamWriter source = new(Path.Combine(_folder, id + ".c"));
            CSource.Write(source, ExportedModels.Of(name), id, precision);
            main.Append(CultureInfo.InvariantCulture, $"#include \"{id}.c\"\n");
        }
        main.Append("int main(void)\n{\n");
        foreach (string name in names)
            main.Append(Driver(name));
        main.Append("return 0;\n}\n");
        File.WriteAllText(Path.Combine(_folder, "main.c"), main.ToString());
        Run("/usr/bin/cc", "-std=c99", "-O1", "-Wall", "-Wextra", "-Werror", "-o", "main", "main.c", "-lm");
        string[] lines = Run(Path.Combine(_folder, "main")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(names.Length, lines.Length);
        foreach ((string name, string line) in names.Zip(lines))
        {
            double[] found =
                [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => double.Parse(v, CultureInfo.InvariantCulture))];
            double[] expected = Expected(ExportedModels.Of(name));
            for (int i = 0; i < expected.Length; i++)
                Assert.True(
                    Math.Abs(found[i] - expected[i]) <= tolerance * (100 + Math.Abs(expected[i])), $"{name}: {found[i]} for {expected[i]}");
        }
    }

    [Fact]
    public void A_matrix_that_is_mostly_zeros_is_written_without_them()
    {
        StringWriter dense = new(), sparse = new();
        CSource.Write(dense, new EchoStateNetwork(1, new() { Units = 100, Connectivity = 1, Seed = 1 }), "net");
        CSource.Write(sparse, new EchoStateNetwork(1, new() { Units = 100, Connectivity = 0.05, Seed = 1 }), "net");
        Assert.InRange(sparse.ToString().Length, 0, dense.ToString().Length / 5);
    }

    [Theory]
    [InlineData("1net", "digit first")]
    [InlineData("", "identifier")]
    [InlineData("a-b", "identifier")]
    public void A_name_that_c_cannot_have_is_refused(string name, string words)
        => Assert.Contains(
            words,
            Assert.Throws<ArgumentException>(() => CSource.Write(TextWriter.Null, new ShallowPlrnn(1, 1, 1), name)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Numbers_that_32_bits_do_not_hold_are_refused()
    {
        ShallowPlrnn net = new(1, 1, 1, seed: 1);
        net.Parameters.Set("A", [1e200]);
        CSource.Write(TextWriter.Null, net, "net");
        Assert.Contains(
            "32 bits",
            Assert.Throws<ArgumentException>(() => CSource.Write(TextWriter.Null, net, "net", ExportPrecision.Single)).Message,
            StringComparison.Ordinal);
    }

    private static string Driver(string name)
    {
        IGenerativeModel model = ExportedModels.Of(name);
        string id = CSource.Identifier(name);
        StringBuilder code = new();
        code.Append(CultureInfo.InvariantCulture, $"{{ {id}_real z[{model.Dimension}], x[{model.Observed}];\n");
        for (int t = 0; t <= Driven; t++)
        {
            double[] row = ModelProgramTests.Row(model, t);
            for (int i = 0; i < row.Length; i++)
                code.Append(CultureInfo.InvariantCulture, $"x[{i}] = ({id}_real){row[i]:R}; ");
            code.Append(t == 0 ? $"{id}_begin(x, z);\n" : $"{id}_forced_step(z, x, z);\n");
        }
        code.Append(CultureInfo.InvariantCulture, $"for (int t = 0; t < {Steps}; t++) {{ {id}_step(z, z); {id}_observe(z, x); ");
        code.Append(CultureInfo.InvariantCulture, $"for (int i = 0; i < {model.Observed}; i++) printf(\"%.17g \", (double)x[i]); }} ");
        return code.Append("printf(\"\\n\"); }\n").ToString();
    }

    private static double[] Expected(IGenerativeModel model)
    {
        double[] state = new double[model.Dimension], seen = new double[model.Observed];
        model.InitialState(ModelProgramTests.Row(model, 0), state);
        for (int t = 1; t <= Driven; t++)
            model.ForcedStep(state, ModelProgramTests.Row(model, t), state);
        List<double> values = [];
        for (int t = 0; t < Steps; t++)
        {
            model.Step(state, state);
            model.Observe(state, seen);
            values.AddRange(seen);
        }
        return [.. values];
    }

    private string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output;
    }
}
