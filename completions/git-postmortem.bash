# bash completion for git-postmortem and for git postmortem.
# A file of bash-completion's completions folder, named git-postmortem: both names find it there.

# Prints what may follow the words given, the last of which is being typed.
__git_postmortem_ask() {
    local -a program=(git-postmortem)
    # git's own completion knows -C and --git-dir before the command.
    if [ -n "${__git_dir-}" ] || [ -n "${__git_C_args-}" ]; then
        program=(__git postmortem)
    fi
    GIT_POSTMORTEM_COMPLETE=bash _CLAP_IFS=$'\n' _CLAP_COMPLETE_INDEX=$(($# - 1)) \
        _CLAP_COMPLETE_COMP_TYPE=9 _CLAP_COMPLETE_SPACE=true \
        "${program[@]}" -- "$@" 2>/dev/null
}

# Fills COMPREPLY with what may follow the words given.
__git_postmortem_reply() {
    local current=${!#} mark head prefix= candidate
    # readline replaces only what stands behind the last of its word breaks.
    for mark in : =; do
        case $COMP_WORDBREAKS in *"$mark"*) ;; *) continue ;; esac
        case $current in *"$mark"*) head=${current%"${current##*"$mark"}"} ;; *) continue ;; esac
        if [ ${#head} -gt ${#prefix} ]; then prefix=$head; fi
    done
    COMPREPLY=()
    while IFS= read -r candidate || [ -n "$candidate" ]; do
        case $candidate in "$current"*) ;; *) continue ;; esac
        candidate=${candidate#"$prefix"}
        case $candidate in *[[:space:]\'\"\$\`\&\;\(\)\<\>\|\\]*) printf -v candidate '%q' "$candidate" ;; esac
        COMPREPLY[${#COMPREPLY[@]}]=$candidate
    done < <(__git_postmortem_ask "$@")
    case ${#COMPREPLY[@]},${COMPREPLY[0]-} in
        1,*[=/:]) compopt -o nospace 2>/dev/null ;;
        *) compopt +o nospace 2>/dev/null ;;
    esac
}

# git postmortem <TAB>: called by git's completion, of bash and of zsh, which sets words, cword and cur.
_git_postmortem() {
    local at=${__git_cmd_idx-}
    if [ -z "$at" ]; then
        at=0
        local word
        for word in "${words[@]}"; do
            [ "$word" = postmortem ] && break
            at=$((at + 1))
        done
    fi
    if [ -n "${ZSH_VERSION-}" ]; then
        local strip=
        case $cur in --*=*) strip=${cur%%=*}= ;; esac
        __gitcomp_nl "$(__git_postmortem_ask git-postmortem "${words[@]:$((at + 1)):$((cword - at - 1))}" "$cur" |
            sed "s/^$strip//")" "" "${cur#"$strip"}"
    else
        __git_postmortem_reply git-postmortem "${words[@]:$((at + 1)):$((cword - at - 1))}" "$cur"
    fi
}

# git-postmortem <TAB>: bash splits at = and :, the program wants the words as they were typed.
_git_postmortem_alone() {
    local cur words cword
    if declare -F _get_comp_words_by_ref >/dev/null; then
        _get_comp_words_by_ref -n := cur words cword
    else
        words=("${COMP_WORDS[@]}") cword=$COMP_CWORD cur=${COMP_WORDS[COMP_CWORD]}
    fi
    __git_postmortem_reply git-postmortem "${words[@]:1:$((cword - 1))}" "$cur"
}

if [ -n "${BASH_VERSION-}" ]; then
    complete -o bashdefault -o nosort -F _git_postmortem_alone git-postmortem 2>/dev/null ||
        complete -o bashdefault -F _git_postmortem_alone git-postmortem
fi
