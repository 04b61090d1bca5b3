using System.Text.Json;
using Attractor.Systems;

namespace Attractor.Tests.Systems;

/// <summary>What holds for every system of the catalogue.</summary>
public sealed class CatalogueTests
{
    public static TheoryData<string> Names => [.. KnownSystems.Names];

    [Fact]
    public void It_holds_flows_and_maps_each_with_a_source_and_a_field()
    {
        Assert.InRange(KnownSystems.Catalogue.Count(s => s.Kind is SystemKind.Flow), 132, 200);
        Assert.InRange(KnownSystems.Catalogue.Count(s => s.Kind is SystemKind.Map), 23, 100);
        Assert.All(KnownSystems.Catalogue, s => Assert.True(s.Title.Length > 0 && s.Source.Length > 0 && s.Field.Length > 0, s.Name));
        Assert.All(
            KnownSystems.Catalogue.SelectMany(s => s.Tags),
            t => Assert.Contains(t, (string[])["conservative", "hamiltonian", "driven", "hyperchaotic", "torus", "piecewise"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_Jacobian_is_the_derivative_and_the_orbit_stays_finite(string name)
    {
        SystemDefinition system = KnownSystems.Find(name);
        int d = system.Dimension;
        TimeSeries orbit = system.Simulate(30, transient: 20);
        EquationSet equations = system.Compile();
        double[] jacobian = new double[d * d], both = new double[d * (1 + d)],
            above = new double[d], below = new double[d], values = new double[d];
        double[] scale = [.. Enumerable.Range(0, d).Select(
            i => system.Angles.Contains(system.Variables[i]) ? 1e-2 : Math.Max(1e-12, Math.Sqrt(orbit.Column(i).Average(x => x * x))))];
        foreach (int row in (int[])[0, 11, 29])
        {
            double[] x = orbit.Row(row).ToArray();
            equations.Values(x, values);
            equations.Jacobian(x, jacobian);
            equations.ValuesAndJacobian(x, both);
            Assert.Equal(values, both[..d]);
            Assert.Equal(jacobian, both[d..]);
            for (int j = 0; j < d; j++)
            {
                double h = 1e-6 * scale[j];
                double[] moved = [.. x];
                moved[j] = x[j] + h;
                equations.Values(moved, above);
                moved[j] = x[j] - h;
                equations.Values(moved, below);
                for (int i = 0; i < d; i++)
                {
                    // What the differences can tell: cancellation, and curvature.
                    double difference = (above[i] - below[i]) / (2 * h), size = Math.Max(Math.Abs(above[i]), Math.Abs(below[i]));
                    double tolerance = (1e-5 * Math.Abs(difference)) + (1e-9 * size / h) + (1e-6 * size / scale[j]);
                    Assert.True(
                        Math.Abs(difference - jacobian[(i * d) + j]) <= tolerance,
                        $"{name} at row {row}: d{system.Variables[i]}/d{system.Variables[j]} is "
                        + $"{jacobian[(i * d) + j]}, differences say {difference}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_conserved_quantity_does_not_move(string name)
    {
        SystemDefinition system = KnownSystems.Find(name);
        if (system.ConservedQuantity() is not { } conserved)
            return;
        TimeSeries orbit = system.Simulate(1000, transient: 0);
        Assert.Equal(conserved(orbit.Row(0)), conserved(orbit.Row(999)), 1e-6 * Math.Max(1, Math.Abs(conserved(orbit.Row(0)))));
    }

    [Fact]
    public void The_classes_are_the_same_systems_as_the_text()
    {
        foreach (OrdinaryDifferentialEquation typed
            in (OrdinaryDifferentialEquation[])[Lorenz63.Default, Lorenz96.Default, Roessler.Default])
        {
            OrdinaryDifferentialEquation text = KnownSystems.Get(typed.Name);
            Assert.Equal(typed.DefaultStep, text.DefaultStep);
            Assert.Equal(typed.Simulate(200, seed: 3).Values, text.Simulate(200, seed: 3).Values);
        }
        double[] henon = new double[2], logistic = [0.3];
        KnownSystems.Find("henon").ToMap().Step([0.3, 0.2], henon);
        KnownSystems.Find("logistic").With("r", 4).ToMap().Step(logistic, logistic);
        Assert.Equal([1 - (1.4 * 0.3 * 0.3) + 0.2, 0.3 * 0.3], henon);
        Assert.Equal(4 * 0.3 * 0.7, logistic[0], 1e-15);
    }

    [Fact]
    public void Parameters_starts_and_periods_are_those_of_the_collection()
    {
        Assert.SkipUnless(SharedData.TryFind("dysts", out string folder), "the published collection is not there");
        int compared = 0;
        foreach ((string file, SystemKind kind)
            in ((string, SystemKind)[])[("chaotic_attractors.json", SystemKind.Flow), ("discrete_maps.json", SystemKind.Map)])
        {
            using JsonDocument collection = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file)));
            foreach (JsonProperty entry in collection.RootElement.EnumerateObject())
            {
                SystemDefinition? system = KnownSystems.Catalogue.FirstOrDefault(
                    s => s.Kind == kind && string.Equals(NameInTheCollection(s), entry.Name, StringComparison.OrdinalIgnoreCase));
                if (system is null)
                    continue;
                compared++;
                foreach ((string parameter, double value) in system.Parameters)
                    Assert.Equal(Published(entry.Value.GetProperty("parameters"), parameter), value);
                if (system.Name == "torus")
                    continue;
                Assert.Equal(entry.Value.GetProperty("initial_conditions").EnumerateArray().Select(v => v.GetDouble()), system.Start);
                if (kind is SystemKind.Flow)
                {
                    Assert.Equal(entry.Value.GetProperty("period").GetDouble(), system.Period);
                    Assert.Equal(entry.Value.GetProperty("dt").GetDouble(), system.IntegrationStep);
                }
            }
        }
        Assert.Equal(129 + 23, compared);
    }

    private static string NameInTheCollection(SystemDefinition system)
        => system.Name switch
        {
            "lorenz96-4" => "lorenz96",
            "lorenz96" => "",
            _ => system.Name.EndsWith("-map", StringComparison.Ordinal) ? system.Name[..^4] : system.Name
        };

    // k2 is the second of the list k, c34 an entry of the matrix c.
    private static double Published(JsonElement parameters, string name)
    {
        foreach (JsonProperty parameter in parameters.EnumerateObject())
        {
            if (parameter.Name == name)
                return parameter.Value.GetDouble();
            if (parameter.Value.ValueKind is not JsonValueKind.Array
                || !name.StartsWith(parameter.Name, StringComparison.Ordinal)
                || !int.TryParse(name[parameter.Name.Length..], out int index))
                continue;
            JsonElement first = parameter.Value[0];
            return first.ValueKind is JsonValueKind.Array
                ? parameter.Value[(index / 10) - 1][(index % 10) - 1].GetDouble()
                : parameter.Value[index - 1].GetDouble();
        }
        throw new ArgumentException($"the collection has no parameter {name}");
    }
}
