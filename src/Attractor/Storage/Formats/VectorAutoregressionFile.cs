using System.Globalization;
using Attractor.Models;

namespace Attractor.Storage;

/// <summary>
/// A nonlinear vector autoregression: the readout <c>W_out</c> (N x F), and in the metadata the delays, the stride, the orders and whether
/// there is a constant.
/// </summary>
internal static class VectorAutoregressionFile
{
    private const int MostVariables = 100_000, MostRows = 1_000_000, MostOrder = 16;

    public static ModelFormat Format { get; } = ModelFormat.Of<NonlinearVectorAutoregression>(
        NonlinearVectorAutoregression.KindName, Write, Read);

    private static SafeTensorsFile Write(NonlinearVectorAutoregression model) => new(
        [new("W_out", [model.Observed, model.FeatureCount], model.ReadoutWeights.ToArray())],
        new Dictionary<string, string>
        {
            ["observed"] = FormattableString.Invariant($"{model.Observed}"),
            ["delays"] = FormattableString.Invariant($"{model.Delays}"),
            ["stride"] = FormattableString.Invariant($"{model.Stride}"),
            ["orders"] = string.Join(',', model.Orders.Select(o => o.ToString(CultureInfo.InvariantCulture))),
            ["constant"] = model.HasConstant ? "true" : "false",
        });

    private static NonlinearVectorAutoregression Read(TensorReader reader)
    {
        int observed = reader.Whole("observed", 1, MostVariables),
            delays = reader.Whole("delays", 1, MostRows), stride = reader.Whole("stride", 1, MostRows);
        bool constant = reader.Flag("constant");
        int[] orders = reader.Numbers("orders", MostOrder, MostOrder);
        // Before the model is made: it would take what its sizes claim, however little the file holds.
        long features = Monomials.CountOf((long)observed * delays, orders.Append(1).Distinct(), NonlinearVectorAutoregression.MostFeatures)
            + (constant ? 1 : 0);
        double[] weights = features <= NonlinearVectorAutoregression.MostFeatures ? reader.Values("W_out", observed, (int)features) : [];
        NonlinearVectorAutoregression model;
        try
        {
            model = new(observed, delays, stride, orders, constant);
        }
        catch (ArgumentException e)
        {
            throw reader.Bad($"there is no such model: {e.Message}");
        }
        model.SetReadout(weights);
        return model;
    }
}
