namespace Attractor.Forecasting;

/// <summary>One way in which a candidate can be fitted; what else it says is the candidate's own.</summary>
/// <param name="Description">In words, such as <c>2 delays, degree 3, ridge 0.01</c>; empty where there is only one way.</param>
public record ForecastSetting(string Description);
