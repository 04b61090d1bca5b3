namespace Attractor.Runs;

/// <summary>How well a recording of one system was forecast.</summary>
/// <param name="Name">The system.</param>
/// <param name="Divergence">D_stsp of the forecast beside the truth; NaN where it diverges.</param>
/// <param name="DivergenceFloor">That of another recording of the system.</param>
/// <param name="Hellinger">D_H; NaN where it diverges.</param>
/// <param name="HellingerFloor">That of another recording.</param>
/// <param name="IsFinite">Whether all of the forecast is.</param>
internal sealed record HeldOutScore(
    string Name, double Divergence, double DivergenceFloor, double Hellinger, double HellingerFloor, bool IsFinite)
{
    /// <summary>D_stsp over its floor.</summary>
    public double Ratio => Divergence / DivergenceFloor;
}
