using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Tests.Storage;

/// <summary>Models in elementary operations do what the models do.</summary>
public sealed class ModelProgramTests
{
    public static TheoryData<string> Names => [.. ExportedModels.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_map_begins_goes_on_and_is_observed_as_the_model(string name)
    {
        IGenerativeModel model = ExportedModels.Of(name);
        Dictionary<string, VectorProgram> programs = ModelPrograms.Of(model).ToDictionary(p => p.Name);
        int inputs = (model as IDrivenMap)?.Inputs ?? 0;
        double[] state = new double[model.Dimension], seen = new double[model.Observed];
        double[] exported = programs["begin"].Run(Row(model, 0))[0];
        model.InitialState(Row(model, 0), state);
        for (int t = 1; t <= 12; t++)
        {
            double[] input = [5.5, 7.25];
            // The first rows drive the model, then it goes on by itself.
            if (t < 5)
            {
                model.ForcedStep(state, Row(model, t), state);
                exported = (inputs > 0 ? programs["forced_step"].Run(exported, Row(model, t), input)
                    : programs["forced_step"].Run(exported, Row(model, t)))[0];
            }
            else
            {
                model.Step(state, state);
                exported = (inputs > 0 ? programs["step"].Run(exported, input) : programs["step"].Run(exported))[0];
            }
            if (inputs > 0)
                ((IDrivenMap)model).AddInput(input, state);
            model.Observe(state, seen);
            double[] observed = programs["observe"].Run(exported)[0];
            for (int i = 0; i < seen.Length; i++)
                Assert.Equal(seen[i], observed[i], 1e-11 * (100 + Math.Abs(seen[i])));
        }
    }

    [Theory]
    [InlineData("gaussian", LayerActivation.LeakyRelu)]
    [InlineData("bernoulli", LayerActivation.Softplus)]
    [InlineData("poisson", LayerActivation.Tanh)]
    public void An_autoencoder_encodes_and_decodes_as_the_model(string observation, LayerActivation activation)
    {
        ObservationModel observed = ObservationModel.All.Single(o => o.Name == observation);
        VariationalAutoencoder model = new(
            new() { Observed = 3, Latent = 2, Layers = [5, 4], Activation = activation, Observation = observed, Seed = 4 })
        {
            Standardization = observation == "bernoulli" ? null : new([10, 20, 30], [2, 3, 4]),
        };
        float[] row = observation == "bernoulli" ? [0, 1, 1] : [12, 19, 33];
        Dictionary<string, VectorProgram> programs = ModelPrograms.Of(model).ToDictionary(p => p.Name);
        (float[] means, float[] deviations) = model.Encode(row);
        double[][] encoded = programs["encode"].Run(Array.ConvertAll(row, x => (double)x));
        double[] decoded = programs["decode"].Run(Array.ConvertAll(means, x => (double)x))[0];
        float[] expected = model.Decode(means);
        // The model computes with 32 bits.
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(means[i], encoded[0][i], 2e-6);
            Assert.Equal(deviations[i], Math.Exp(encoded[1][i] / 2), 2e-6);
        }
        for (int i = 0; i < 3; i++)
            Assert.Equal(expected[i], decoded[i], 1e-6 * (1 + expected[i]));
    }

    [Fact]
    public void What_cannot_be_exported_is_refused()
    {
        Assert.Contains(
            "mixture", Assert.Throws<ArgumentException>(() => ModelPrograms.Of(new Unknown())).Message, StringComparison.Ordinal);
        ShallowPlrnn broken = new(2, 2, 3, seed: 1);
        broken.Parameters.Set("h1", [double.NaN, 0]);
        Assert.Contains("broken", Assert.Throws<ArgumentException>(() => ModelPrograms.Of(broken)).Message, StringComparison.Ordinal);
        VectorProgram one = new("one", ""), other = new("other", "");
        VectorValue x = one.Input("x", 3);
        Assert.Throws<ArgumentException>(() => other.Output("y", x));
        Assert.Throws<ArgumentException>(() => one.Add(x, one.Slice(x, 0, 2)));
        Assert.Throws<ArgumentException>(() => one.Affine([1, 2, 3, 4], [], x));
        Assert.Throws<ArgumentOutOfRangeException>(() => one.Gather(x, [3]));
        Assert.Throws<ArgumentException>(() => one.Run([1, 2]));
    }

    internal static double[] Row(IGenerativeModel model, int t)
        => [.. Enumerable.Range(0, model.Observed).Select(i => i switch
        {
            0 => 100 + (20 * Math.Sin(0.3 * t)),
            1 => -3 + (0.5 * Math.Cos(0.3 * t)),
            _ => 7 + (2 * Math.Sin(0.7 * t)),
        })];

    private sealed class Unknown : ILearntModel
    {
        public string Kind => "mixture";

        public int ParameterCount => 0;

        public string Description => "";
    }
}
