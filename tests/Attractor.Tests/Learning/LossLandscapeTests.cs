using Attractor.Learning;
using Attractor.Models;
using Attractor.Systems;

namespace Attractor.Tests.Learning;

[Trait("Registers", "Narrow")]
public sealed class LossLandscapeTests
{
    private static readonly TimeSeries s_data = Lorenz63.Default.Simulate(steps: 400, dt: 0.02).Standardize();

    public static TheoryData<string> Kinds => [.. LibraryCells.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_point_is_the_loss_of_the_model_with_those_parameters(string kind)
    {
        RecurrentModel model = Model(kind);
        TimeSeries[] windows = [s_data.Slice(0, 31), s_data.Slice(200, 31)];
        ParameterDirection u = ParameterDirection.Random(model, 1), v = ParameterDirection.Of(model, model.Parameters.Tensors[0].Name, 2);
        TeacherForcing forcing = TeacherForcing.Generalized(0.2);
        double[] before = model.Parameters.Values.ToArray();
        LossLandscape landscape = LossLandscape.Of(model, windows, forcing, u, v, extent: 0.2, points: 5);
        Assert.Equal(before, model.Parameters.Values.ToArray());
        Assert.Equal([-0.2, -0.1, 0, 0.1, 0.2], landscape.Coordinates);
        Assert.Equal(StateGradients.Along(model, windows, forcing).Loss, landscape.Losses[12]);
        for (int i = 0; i < 25; i++)
        {
            double[] moved =
            [
                .. before.Select((p, j) => p + (landscape.Coordinates[i % 5] * u.Values[j]) + (landscape.Coordinates[i / 5] * v.Values[j]))
            ];
            RecurrentModel other = Model(kind);
            other.Parameters.Set(moved);
            double expected = StateGradients.Along(other, windows, forcing).Loss;
            Assert.Equal(expected, landscape.Losses[i], 1e-12 * expected);
        }
    }

    [Fact]
    public void A_random_direction_is_as_long_as_each_tensor_and_its_own_for_each_seed()
    {
        RecurrentModel model = Model("shplrnn");
        ParameterDirection direction = ParameterDirection.Random(model, 4);
        int at = 0;
        foreach (Attractor.Models.ParameterTensor tensor in model.Parameters.Tensors)
        {
            double[] parameters = model.Parameters[tensor.Name].ToArray();
            double[] part = [.. direction.Values.Skip(at).Take(parameters.Length)];
            Assert.Equal(parameters.Sum(p => p * p), part.Sum(p => p * p), 1e-12);
            at += parameters.Length;
        }
        Assert.Equal(direction.Values, ParameterDirection.Random(model, 4).Values);
        Assert.NotEqual(direction.Values, ParameterDirection.Random(model, 5).Values);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        RecurrentModel model = Model("shplrnn");
        ParameterDirection u = ParameterDirection.Random(model, 1);
        TimeSeries[] windows = [s_data.Slice(0, 31)];
        Assert.Contains(
            "there are A",
            Assert.Throws<ArgumentException>(() => ParameterDirection.Of(model, "Q", 0)).Message,
            StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "0 to 2", Assert.Throws<ArgumentException>(() => ParameterDirection.Of(model, "A", 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => LossLandscape.Of(model, windows, TeacherForcing.Generalized(0), u, u, points: 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => LossLandscape.Of(model, windows, TeacherForcing.Generalized(0), u, u, extent: 0));
        Assert.Throws<ArgumentException>(() => LossLandscape.Of(Model("plrnn"), windows, TeacherForcing.Generalized(0), u, u));
        Assert.Throws<OperationCanceledException>(
            () => LossLandscape.Of(model, windows, TeacherForcing.Generalized(0), u, u, cancellationToken: new(canceled: true)));
    }

    private static RecurrentModel Model(string kind) => RecurrentModel.Create(
        kind, RecurrentModel.SizesOf(kind).ToDictionary(s => s, s => s switch { "hidden" => 7, "rectified" => 2, _ => 3 }), 3);
}
