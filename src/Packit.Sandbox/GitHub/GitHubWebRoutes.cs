using Microsoft.AspNetCore.Routing;

namespace Packit.Sandbox.GitHub;

internal static class GitHubWebRoutes
{
    public static void Map(IEndpointRouteBuilder routes, GitHubStandIn standIn)
    {
    }
}
