namespace Packit.PackageConfig;

/// <summary>A release of the distribution as Bodhi's <c>/releases/</c> lists it.</summary>
/// <param name="Name">E.g. <c>F43</c>, <c>EPEL-10.1</c>.</param>
/// <param name="LongName">E.g. <c>Fedora 43</c>.</param>
/// <param name="Version">E.g. <c>43</c>, <c>10.1</c>.</param>
/// <param name="State"><c>current</c>, <c>pending</c>, <c>frozen</c>; others are ignored.</param>
/// <param name="Branch">Branch in dist-git.</param>
/// <param name="IdPrefix"><c>FEDORA</c> or <c>FEDORA-EPEL</c>; others (containers, flatpaks, modules) are ignored.</param>
public sealed record DistributionRelease(string Name, string LongName, string Version, string State, string Branch, string IdPrefix);
