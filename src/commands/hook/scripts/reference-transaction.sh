# Only git tag and git update-ref are asked about: fetch, clone, gc, pack-refs and deletions go on as ever.
if [ "${1-}" = prepared ]; then
    git_postmortem_lines=$(cat)
    git_postmortem_tags=
    case $git_postmortem_lines in
    *" refs/tags/"*)
        while read -r git_postmortem_old git_postmortem_new git_postmortem_line; do
            case $git_postmortem_line in refs/tags/*) ;; *) continue ;; esac
            case $git_postmortem_new in *[!0]*) git_postmortem_tags=yes ;; esac
        done <<GIT_POSTMORTEM
$git_postmortem_lines
GIT_POSTMORTEM
        ;;
    esac
    if [ -n "$git_postmortem_tags" ]; then
        # The words that the calling git was started with, one a line, where they can be told.
        if [ -r "/proc/$PPID/cmdline" ]; then
            git_postmortem_words=$(tr "\000" "\n" <"/proc/$PPID/cmdline")
        else
            git_postmortem_words=$(ps -o args= -p "$PPID" | tr " " "\n")
        fi
        git_postmortem_deed=
        git_postmortem_skip=program
        while IFS= read -r git_postmortem_line; do
            case $git_postmortem_skip$git_postmortem_line in
            program*git-tag | program*git-update-ref)
                git_postmortem_deed=${git_postmortem_line##*git-}
                break
                ;;
            program* | value*) git_postmortem_skip= ;;
            -C | -c | --git-dir | --work-tree | --namespace | --config-env | --super-prefix | --attr-source)
                git_postmortem_skip=value
                ;;
            -*) ;;
            *)
                git_postmortem_deed=$git_postmortem_line
                break
                ;;
            esac
        done <<GIT_POSTMORTEM
$git_postmortem_words
GIT_POSTMORTEM
        case $git_postmortem_deed in
        tag | update-ref)
            @find@
            printf "%s\n" "$git_postmortem_lines" | "$git_postmortem" hook run reference-transaction prepared >&2 || exit $?
            ;;
        esac
    fi
    if [ -n "$git_postmortem_lines" ]; then
        exec <<GIT_POSTMORTEM
$git_postmortem_lines
GIT_POSTMORTEM
    else
        exec </dev/null
    fi
fi
unset git_postmortem git_postmortem_place git_postmortem_line git_postmortem_lines git_postmortem_tags
unset git_postmortem_old git_postmortem_new git_postmortem_words git_postmortem_deed git_postmortem_skip
